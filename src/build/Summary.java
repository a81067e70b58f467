import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Adds up the test reports and says loudly what was left out: `Summary require=PROGRAMS
/// FOLDER...`.
///
/// Where PROGRAMS are named, a test that was left out fails the build.
void main(String[] arguments) throws Exception {
  int run = 0;
  int failed = 0;
  var skipped = new ArrayList<String>();
  for (int i = 1; i < arguments.length; i++) {
    Path folder = Path.of(arguments[i]);
    if (!Files.isDirectory(folder)) {
      continue;
    }
    try (var reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
      for (Path report : reports) {
        NodeList cases =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        if (cases.getLength() == 0) {
          // What a class needs was missing before its first test.
          skipped.add(
              report.getFileName().toString().replaceAll("TEST-|\\.xml", "") + ": all of it");
        }
        for (int c = 0; c < cases.getLength(); c++) {
          var test = (Element) cases.item(c);
          NodeList skip = test.getElementsByTagName("skipped");
          if (skip.getLength() > 0) {
            String why = ((Element) skip.item(0)).getAttribute("message");
            skipped.add(
                test.getAttribute("classname") + "." + test.getAttribute("name") + ": " + why);
          } else if (test.getElementsByTagName("failure").getLength()
                  + test.getElementsByTagName("error").getLength()
              > 0) {
            failed++;
          } else {
            run++;
          }
        }
      }
    }
  }
  if (!skipped.isEmpty()) {
    IO.println("=".repeat(80));
    IO.println("LEFT OUT: " + skipped.size() + " tests did not run on this machine.");
    skipped.forEach(test -> IO.println("  " + test));
    IO.println("=".repeat(80));
  }
  IO.println(run + " passed, " + failed + " failed, " + skipped.size() + " skipped");
  if (!arguments[0].equals("require=") && !skipped.isEmpty()) {
    System.exit(1);
  }
}
