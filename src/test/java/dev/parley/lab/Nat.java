package dev.parley.lab;

/// What stands between a client and the internet, by how it maps and filters UDP (RFC 4787,
/// sections 4.1 and 5), made of nftables rules.
public enum Nat {
  /// Endpoint-independent mapping and filtering: whoever knows the mapping may use it.
  FULL_CONE(
      """
      table ip nat {
        chain in { type nat hook prerouting priority dstnat;
          iifname "wan" ip protocol udp dnat to CLIENT; }
        chain out { type nat hook postrouting priority srcnat;
          oifname "wan" snat to WAN; }
      }
      """),

  /// Endpoint-independent mapping, address-dependent filtering. The kernel has no such thing; so
  /// what a full cone lets in has to come from an address to which that port has sent.
  ADDRESS_RESTRICTED(
      FULL_CONE.rules
          + """
          table ip filter {
            set known { type inet_service . ipv4_addr; flags dynamic, timeout; timeout 2m;
              size 4096; }
            chain through { type filter hook forward priority filter;
              oifname "wan" update @known { udp sport . ip daddr }
              iifname "wan" ip protocol udp udp dport . ip saddr != @known drop; }
          }
          """),

  /// Endpoint-independent mapping, address and port-dependent filtering: what Linux does as long as
  /// no two clients want the same port.
  PORT_RESTRICTED(
      """
      table ip nat {
        chain out { type nat hook postrouting priority srcnat;
          oifname "wan" masquerade; }
      }
      """),

  /// Address and port-dependent mapping and filtering: another port for every destination.
  SYMMETRIC(
      """
      table ip nat {
        chain out { type nat hook postrouting priority srcnat;
          oifname "wan" masquerade fully-random; }
      }
      """),

  /// The firewall that lets TCP out and no UDP, behind which only TURN over TCP or TLS helps.
  UDP_BLOCKED(
      SYMMETRIC.rules
          + """
          table ip filter {
            chain through { type filter hook forward priority filter;
              ip protocol udp drop; }
          }
          """);

  /// What was not asked for ends at the box. Were it to reach the box's own sockets, connection
  /// tracking would keep the port for it, and the client would get another one.
  private static final String BOX =
      """
      table ip box {
        chain here { type filter hook input priority filter;
          iifname "wan" ct state != { established, related } drop; }
      }
      """;

  private final String rules;

  Nat(String rules) {
    this.rules = rules;
  }

  /// The rules as `nft -f` reads them, for a box whose interface to the internet is `wan`.
  ///
  /// @param wan the box's address there
  /// @param client the one client's address
  String rules(String wan, String client) {
    return (BOX + rules).replace("WAN", wan).replace("CLIENT", client);
  }
}
