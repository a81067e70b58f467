package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The WAR stops and starts again in one JVM and leaves nothing behind.
class RedeployIT {
  private static final int CYCLES = 4;

  @TempDir Path directory;

  @Test
  void aRedeployLeavesNoThreadSocketLibraryOrClassLoaderBehind() throws Exception {
    List<Map<String, String>> left = new ArrayList<>();
    String said = probe();
    for (String line : said.lines().filter(line -> line.startsWith("left ")).toList()) {
      left.add(figures(line));
    }
    assertEquals(CYCLES + 1, left.size(), said);
    // The first deployments make the host load and start parts of its own, once.
    var second = left.get(2);
    var last = left.get(CYCLES);
    assertEquals(second.get("sockets"), last.get("sockets"), said);
    assertEquals(second.get("libraries"), last.get("libraries"), said);
    assertTrue(
        Integer.parseInt(last.get("loaders")) <= Integer.parseInt(second.get("loaders")), said);
    assertEquals(List.of(), RedeployProbe.ours(last.get("threads")), said);
    assertTrue(said.lines().filter(line -> line.equals("stun answers")).count() == CYCLES, said);
  }

  private String probe() throws Exception {
    Path output = directory.resolve("probe.txt");
    int port = Ports.free();
    int stun = Ports.free();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            ParleyTurn.QUICK_START,
            "--enable-native-access=ALL-UNNAMED"));
    for (String opened : RedeployProbe.OPENED) {
      command.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED"));
    }
    command.add("-Dparley.data.dir=" + directory.resolve("data"));
    command.add("-Dparley.turn.port=" + stun);
    command.add("-Dparley.media.port=0");
    command.add("-cp");
    command.add(absolute("target/tools/payara-micro.jar") + ":" + absolute("target/test-classes"));
    command.add(RedeployProbe.class.getName());
    command.add(absolute("target/parley.war"));
    command.addAll(List.of(Integer.toString(CYCLES), Integer.toString(stun)));
    command.addAll(List.of("--port", Integer.toString(port), "--nocluster", "--disablephonehome"));
    command.addAll(List.of("--prebootcommandfile", absolute("src/main/payara/preboot.txt")));
    command.addAll(List.of("--logproperties", absolute("src/main/payara/logging.properties")));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(180, TimeUnit.SECONDS), "the probe hangs");
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  private static Map<String, String> figures(String line) {
    int threads = line.indexOf(" threads=");
    Map<String, String> figures =
        List.of(line.substring(0, threads).split(" ")).stream()
            .filter(word -> word.contains("="))
            .map(word -> word.split("="))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    figures.put("threads", line.substring(threads + 9));
    return figures;
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }
}
