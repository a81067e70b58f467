package dev.parley.incontainer;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/// Runs in a JVM of its own with payara-micro.jar on its class path: deploys the WAR and undeploys
/// it again and again and prints, after each time, what is still there: `left CYCLE sockets=N
/// libraries=N loaders=N threads={...}`.
///
/// Arguments: the WAR, the cycles, the STUN port, then Payara Micro's own options.
public final class RedeployProbe {
  /// What Payara Micro's manifest opens when it is started with `-jar`.
  static final List<String> OPENED =
      List.of(
          "java.base/jdk.internal.loader",
          "java.base/java.lang",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/sun.net.www.protocol.jrt",
          "java.base/sun.net.www.protocol.jar",
          "java.management/sun.management",
          "java.naming/javax.naming.spi",
          "java.rmi/sun.rmi.transport",
          "java.logging/java.util.logging");

  private RedeployProbe() {}

  /// Threads that are Parley's or its libraries', by name.
  static List<String> ours(String threads) {
    return Arrays.stream(threads.replaceAll("[{}]", "").split(", "))
        .filter(
            name ->
                name.contains("parley")
                    || name.contains("java:app")
                    || name.contains("H2")
                    || name.contains("MVStore")
                    || name.contains("ws-idle")
                    || name.contains("postgresql"))
        .toList();
  }

  public static void main(String[] arguments) throws Exception {
    var war = new File(arguments[0]);
    int cycles = Integer.parseInt(arguments[1]);
    int stun = Integer.parseInt(arguments[2]);
    String[] options = Arrays.copyOfRange(arguments, 3, arguments.length);
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
      type.getMethod("deploy", String.class, String.class, File.class)
          .invoke(runtime, "parley", "/", war);
      System.out.println(answers(stun) ? "stun answers" : "stun is silent");
      System.out.println("up " + cycle + " sockets=" + sockets() + " loaders=" + loaders());
      Object names = type.getMethod("getDeployedApplicationNames").invoke(runtime);
      System.out.println("deployed " + names);
      type.getMethod("undeploy", String.class).invoke(runtime, "parley");
      System.out.println(
          "deployed " + type.getMethod("getDeployedApplicationNames").invoke(runtime));
      print(cycle);
    }
    Runtime.getRuntime().halt(0);
  }

  /// Fills the heap once: the JDK promises to clear soft references before it gives up, and caches
  /// of the platform hold classes by them.
  private static void forgetSoftReferences() throws InterruptedException {
    var filling = new ArrayList<byte[]>();
    try {
      while (true) {
        filling.add(new byte[8 * 1024 * 1024]);
      }
    } catch (OutOfMemoryError full) {
      filling.clear();
    }
    System.gc();
    Thread.sleep(500);
    System.gc();
  }

  private static boolean answers(int port) throws Exception {
    byte[] request = HexFormat.of().parseHex("000100002112a442000102030405060708090a0b");
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(3000);
      var loopback = InetAddress.ofLiteral("127.0.0.1");
      socket.send(new DatagramPacket(request, request.length, loopback, port));
      var answer = new DatagramPacket(new byte[64], 64);
      socket.receive(answer);
      return answer.getData()[0] == 1 && answer.getData()[1] == 1;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    }
  }

  private static void print(int cycle) throws Exception {
    forgetSoftReferences();
    var threads = new TreeMap<String, Integer>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      threads.merge(thread.getName().replaceAll("[0-9]+", "N"), 1, Integer::sum);
    }
    System.out.printf(
        "left %d sockets=%d libraries=%d loaders=%d threads=%s%n",
        cycle, sockets(), libraries(), loaders(), threads);
  }

  /// Sockets and event descriptors of this process, by the kernel's word.
  private static long sockets() throws Exception {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(RedeployProbe::counts).count();
    }
  }

  private static boolean counts(Path descriptor) {
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

  /// Class loaders of web applications that a full collection has left.
  private static long loaders() throws Exception {
    var histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length > 3)
        .filter(columns -> columns[3].equals("org.glassfish.web.loader.WebappClassLoader"))
        .mapToLong(columns -> Long.parseLong(columns[1]))
        .sum();
  }
}
