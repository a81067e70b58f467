package dev.parley.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// coturn's `turnutils_uclient`, a TURN client that sends numbered messages and counts what comes
/// back.
public final class Uclient {
  private static final Pattern TOTALS =
      Pattern.compile("tot_send_msgs=(\\d+), tot_recv_msgs=(\\d+)\\s*$", Pattern.MULTILINE);

  /// How a run ended.
  ///
  /// @param sent messages that its clients sent, 0 where it never got so far
  /// @param received messages that its clients received
  /// @param said all that it wrote
  public record Report(int status, long sent, long received, String said) {
    /// Whether all that was sent arrived and the program ended by itself.
    public boolean isClean() {
      return status == 0 && sent > 0 && sent == received;
    }
  }

  private Uclient() {}

  /// Runs it against a server with the credential it knows.
  ///
  /// @param arguments as its manual has them; the server's address is the last one
  public static Report run(TurnHost host, Duration limit, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Foreign.program("turnutils_uclient", "coturn"));
    boolean secure = arguments.contains("-S");
    int port = secure ? host.setup().tlsPort() : host.setup().port();
    command.addAll(List.of("-p", Integer.toString(port)));
    if (!arguments.contains("-J")) {
      TurnCredential credential = host.credential();
      command.addAll(List.of("-u", credential.user(), "-w", credential.password()));
    }
    command.addAll(arguments);
    Program.Outcome outcome = Program.run(limit, host.setup().where().command(command));
    Matcher totals = TOTALS.matcher(outcome.said());
    long sent = 0;
    long received = 0;
    while (totals.find()) {
      sent = Long.parseLong(totals.group(1));
      received = Long.parseLong(totals.group(2));
    }
    return new Report(outcome.status(), sent, received, outcome.said());
  }

  /// Starts coturn's `turnutils_peer`, which sends back what it receives on a port and the next.
  public static Program startPeer(Namespace where, int port, String... addresses) {
    List<String> listen =
        Stream.of(addresses).flatMap(address -> Stream.of("-L", address)).toList();
    var command = new ArrayList<String>();
    command.add(Foreign.program("turnutils_peer", "coturn"));
    command.addAll(listen);
    command.addAll(List.of("-p", Integer.toString(port)));
    return Program.start(where.command(command));
  }
}
