#!/usr/bin/env bash
# Builds a small internet for tests out of network namespaces, or takes it down again. Wants root, iproute2, nftables.
#
#   nat-topology.sh PREFIX up KIND_A KIND_B
#   nat-topology.sh PREFIX down
#
# PREFIX-pub is the internet, with the servers' addresses 203.0.113.10 and .11. PREFIX-cliA and PREFIX-cliB are clients
# (192.168.1.2 and 192.168.2.2) behind the NAT boxes PREFIX-natA (203.0.113.101) and PREFIX-natB (.102). KIND is how a box
# treats UDP, in the words of RFC 4787:
#
#   fullcone   one mapping for all destinations; lets in what comes from anywhere
#   addrres    the same mapping; lets in what comes from an address the client has sent to
#   portres    the same mapping while ports are free; lets in only what answers
#   symmetric  a new port for each destination; lets in only what answers
#   udpblock   lets no UDP out at all
set -eu

prefix=$1
public=$prefix-pub

remove() {
  for name in pub natA natB cliA cliB; do ip netns del "$prefix-$name" 2>/dev/null || true; done
}

rules() { # rules NAMESPACE: nftables rules from standard input
  ip netns exec "$1" nft -f -
}

translate() { # translate NAMESPACE KIND OUTER INNER
  case $2 in
    portres)
      rules "$1" <<<'table ip nat { chain out { type nat hook postrouting priority 100; oifname "wan" masquerade; }; }'
      ;;
    symmetric | udpblock)
      rules "$1" <<<'table ip nat { chain out { type nat hook postrouting priority 100; oifname "wan" masquerade fully-random; }; }'
      ;;
    fullcone | addrres)
      # All there is behind this box is one client, so its ports are the box's ports.
      rules "$1" <<RULES
table ip nat {
  chain in { type nat hook prerouting priority -100; iifname "wan" ip daddr $3 meta l4proto { tcp, udp } dnat to $4; }
  chain out { type nat hook postrouting priority 100; oifname "wan" snat to $3; }
}
RULES
      ;;
    *)
      echo "no such kind: $2" >&2
      exit 2
      ;;
  esac
  case $2 in
    addrres)
      rules "$1" <<'RULES'
table ip known {
  set asked { type ipv4_addr; flags dynamic, timeout; timeout 2m; size 65535; }
  chain through {
    type filter hook forward priority 0;
    oifname "wan" ip protocol udp update @asked { ip daddr timeout 2m }
    iifname "wan" ip saddr != @asked drop
  }
}
RULES
      ;;
    udpblock)
      rules "$1" <<<'table ip closed { chain through { type filter hook forward priority 0; meta l4proto udp drop; }; }'
      ;;
  esac
}

case ${2:-} in
  down)
    remove
    exit 0
    ;;
  up) ;;
  *)
    echo "usage: $0 PREFIX up KIND_A KIND_B | PREFIX down" >&2
    exit 2
    ;;
esac

trap 'remove' ERR
for name in pub natA natB cliA cliB; do
  ip netns add "$prefix-$name"
  ip -n "$prefix-$name" link set lo up
done

ip -n "$public" link add bridge type bridge
for address in 203.0.113.10 203.0.113.11; do ip -n "$public" addr add $address/24 dev bridge; done
ip -n "$public" link set bridge up
# A route to where nobody lives, as a server has one to the rest of the world: packets to private candidates get lost there.
# Without any, sending them fails, which is a test of its own.
ip -n "$public" neigh add 203.0.113.254 lladdr 02:00:00:00:00:fe dev bridge nud permanent
ip -n "$public" route add default via 203.0.113.254

side() { # side LETTER NUMBER KIND
  local box=$prefix-nat$1 client=$prefix-cli$1
  ip -n "$public" link add "to$1" type veth peer name wan netns "$box"
  ip -n "$public" link set "to$1" master bridge up
  ip -n "$box" addr add "203.0.113.10$2/24" dev wan
  ip -n "$box" link set wan up
  ip -n "$box" link add lan type veth peer name eth0 netns "$client"
  ip -n "$box" addr add "192.168.$2.1/24" dev lan
  ip -n "$box" link set lan up
  ip -n "$box" route add default via 203.0.113.10
  ip -n "$client" addr add "192.168.$2.2/24" dev eth0
  ip -n "$client" link set eth0 up
  ip -n "$client" route add default via "192.168.$2.1"
  ip netns exec "$box" sysctl -qw net.ipv4.ip_forward=1
  # What nobody asked for ends at the box; its kernel must not answer it with port unreachable.
  rules "$box" <<'RULES'
table ip own {
  chain arriving { type filter hook input priority 0; iifname "wan" ct state established,related accept; iifname "wan" drop; }
}
RULES
  translate "$box" "$3" "203.0.113.10$2" "192.168.$2.2"
}
side A 1 "$3"
side B 2 "$4"
