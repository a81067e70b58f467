package dev.parley.incontainer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Runs in a JVM of its own with payara-micro.jar on its class path: deploys the WAR and undeploys
/// it again and again and prints, after each undeployment, what is still there: `left CYCLE
/// threads=... sockets=... libraries=... loaders=...`.
///
/// Arguments: the WAR, the HTTP port, the STUN port, the cycles, then Payara Micro's own options.
public final class RedeployProbe {
  private RedeployProbe() {}

  public static void main(String[] arguments) throws Exception {
    var war = new File(arguments[0]);
    int cycles = Integer.parseInt(arguments[1]);
    String[] options = java.util.Arrays.copyOfRange(arguments, 2, arguments.length);
    Object boot =
        Class.forName("fish.payara.micro.boot.PayaraMicroLauncher")
            .getMethod("create", String[].class)
            .invoke(null, (Object) options);
    Object runtime =
        Class.forName("fish.payara.micro.boot.PayaraMicroBoot")
            .getMethod("getRuntime")
            .invoke(boot);
    Class<?> type = Class.forName("fish.payara.micro.PayaraMicroRuntime");
    print(0);
    for (int cycle = 1; cycle <= cycles; cycle++) {
      Object deployed =
          type.getMethod("deploy", String.class, String.class, File.class)
              .invoke(runtime, "parley", "/", war);
      System.out.println("deployed " + cycle + " " + deployed);
      System.out.println("sockets while up " + sockets());
      type.getMethod("undeploy", String.class).invoke(runtime, "parley");
      Thread.sleep(1000);
      print(cycle);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void print(int cycle) throws Exception {
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(200);
    }
    var threads = new TreeMap<String, Integer>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      threads.merge(thread.getName().replaceAll("[0-9]+", "N"), 1, Integer::sum);
    }
    System.out.println(
        "left "
            + cycle
            + " sockets="
            + sockets()
            + " libraries="
            + libraries()
            + " loaders="
            + loaders()
            + " threads="
            + threads);
  }

  /// UDP and TCP sockets of this process, by the kernel's word.
  private static long sockets() throws Exception {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(RedeployProbe::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("socket:")
          || target.contains("eventfd")
          || target.contains("eventpoll");
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static long libraries() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .filter(name -> name.contains(".so"))
        .collect(Collectors.toSet())
        .size();
  }

  /// Web application class loaders alive after a full collection.
  private static long loaders() throws Exception {
    var server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
    var histogram =
        (String)
            server.invoke(
                new javax.management.ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return histogram
        .lines()
        .filter(line -> line.contains("org.glassfish.web.loader.WebappClassLoader "))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
        .sum();
  }
}
