import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

/// Checks or mends the formatting of every Java file below a folder: `Format check|write FOLDER`.
///
/// The build runs it on the JDK of the toolchain: google-java-format parses with the javac it runs
/// on, and Maven itself may be on a JDK that does not know the language yet.
void main(String[] arguments) throws Exception {
  boolean write = arguments[0].equals("write");
  var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
  var unformatted = new ArrayList<Path>();
  try (var files = Files.walk(Path.of(arguments[1]))) {
    for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
      String before = Files.readString(file);
      String imports = RemoveUnusedImports.removeUnusedImports(before);
      imports = ImportOrderer.reorderImports(imports, JavaFormatterOptions.Style.GOOGLE);
      String after = formatter.formatSource(imports);
      if (!after.equals(before)) {
        unformatted.add(file);
        if (write) {
          Files.writeString(file, after);
        }
      }
    }
  }
  unformatted.forEach(file -> IO.println((write ? "formatted " : "not formatted: ") + file));
  if (!write && !unformatted.isEmpty()) {
    IO.println("Mend it with: mvn process-test-sources -Dparley.format=write");
    System.exit(1);
  }
}
