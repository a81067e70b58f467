// The floor under `TurnBench`: what relaying costs in C, with nothing around it.
//
//   gcc -O2 -Wall -Wextra -Werror -o relay_floor relay_floor.c
//   relay_floor PORT
//
// One thread on 127.0.0.1:PORT, epoll: recvmmsg from the clients, a lookup of client and channel, and
// one sendmmsg for each relay socket that has something; recvmmsg from each relay socket that is ready,
// and one sendmmsg to all clients together. It answers Allocate, Refresh, CreatePermission and
// ChannelBind (RFC 8656) with success, whoever asks: no nonce, no integrity, no permission, no quota, no
// lifetime, no mobility, no second address family, no ICMP, no statistics. A server that does all of
// that is compared with one that does none. SIGTERM or SIGINT ends it.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  BATCH = 64,      // taken from a socket at once
  EVENTS = 256,
  OCTETS = 2048,   // of a datagram at most
  HEADER = 4,      // of ChannelData
  QUEUE = 256,     // datagrams before they are handed over
  CHANNELS = 4     // of a client
};

static const uint32_t COOKIE = 0x2112a442;

struct channel {
  uint16_t number;
  struct sockaddr_in peer;
};

struct client {
  struct sockaddr_in address;
  struct sockaddr_in relayed;
  int relay;
  int channels;
  struct channel channel[CHANNELS];
  int pending;  // whether its relay socket has something to send
};

static struct client *by_port[65536];  // all clients are on 127.0.0.1
static int listener;
static int epoll;

struct message {
  struct client *from;
  struct sockaddr_in to;
  uint8_t *octets;
  int length;
};

static struct message outward[QUEUE];
static int outward_count;
static struct mmsghdr back[QUEUE];
static struct iovec back_part[QUEUE];
static struct sockaddr_in back_to[QUEUE];
static uint8_t back_octets[QUEUE][OCTETS];
static int back_count;

static struct mmsghdr in[BATCH];
static struct iovec in_part[BATCH];
static struct sockaddr_in in_from[BATCH];
static uint8_t in_octets[BATCH][OCTETS];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int udp(int port, struct sockaddr_in *bound) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  int size = 1 << 20;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("bind");
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  getsockname(fd, (struct sockaddr *)&address, &length);
  if (bound) *bound = address;
  return fd;
}

static void watch(int fd, void *what) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) fail("epoll_ctl");
}

static int take(int fd) {
  for (int i = 0; i < BATCH; i++) {
    in_part[i] = (struct iovec){in_octets[i], OCTETS};
    in[i].msg_hdr = (struct msghdr){
        .msg_name = &in_from[i], .msg_namelen = sizeof in_from[i], .msg_iov = &in_part[i], .msg_iovlen = 1};
  }
  return recvmmsg(fd, in, BATCH, MSG_DONTWAIT, NULL);
}

// One call for each relay socket that has something.
static void flush_outward(void) {
  static struct mmsghdr messages[QUEUE];
  static struct iovec parts[QUEUE];
  for (int first = 0; first < outward_count; first++) {
    struct client *client = outward[first].from;
    if (!client->pending) continue;
    int count = 0;
    for (int i = first; i < outward_count; i++) {
      if (outward[i].from != client) continue;
      parts[count] = (struct iovec){outward[i].octets, outward[i].length};
      messages[count].msg_hdr = (struct msghdr){.msg_name = &outward[i].to,
                                                .msg_namelen = sizeof outward[i].to,
                                                .msg_iov = &parts[count],
                                                .msg_iovlen = 1};
      count++;
    }
    client->pending = 0;
    sendmmsg(client->relay, messages, count, MSG_DONTWAIT);
  }
  outward_count = 0;
}

static void flush_back(void) {
  if (back_count > 0) sendmmsg(listener, back, back_count, MSG_DONTWAIT);
  back_count = 0;
}

static void from_peer(struct client *client, int i) {
  for (int c = 0; c < client->channels; c++) {
    struct channel *channel = &client->channel[c];
    if (channel->peer.sin_port != in_from[i].sin_port
        || channel->peer.sin_addr.s_addr != in_from[i].sin_addr.s_addr) continue;
    int length = in[i].msg_len;
    if (back_count == QUEUE) flush_back();
    uint8_t *octets = back_octets[back_count];
    octets[0] = channel->number >> 8;
    octets[1] = channel->number;
    octets[2] = length >> 8;
    octets[3] = length;
    memcpy(octets + HEADER, in_octets[i], length);
    back_part[back_count] = (struct iovec){octets, length + HEADER};
    back_to[back_count] = client->address;
    back[back_count].msg_hdr = (struct msghdr){.msg_name = &back_to[back_count],
                                               .msg_namelen = sizeof back_to[back_count],
                                               .msg_iov = &back_part[back_count],
                                               .msg_iovlen = 1};
    back_count++;
    return;
  }
}

static uint16_t u16(const uint8_t *at) { return at[0] << 8 | at[1]; }

static uint8_t *attribute(uint8_t *at, int type, int length) {
  at[0] = type >> 8;
  at[1] = type;
  at[2] = length >> 8;
  at[3] = length;
  return at + 4;
}

static uint8_t *address(uint8_t *at, int type, const struct sockaddr_in *what) {
  at = attribute(at, type, 8);
  uint16_t port = ntohs(what->sin_port) ^ COOKIE >> 16;
  uint32_t ip = ntohl(what->sin_addr.s_addr) ^ COOKIE;
  at[0] = 0;
  at[1] = 1;
  at[2] = port >> 8;
  at[3] = port;
  for (int i = 0; i < 4; i++) at[4 + i] = ip >> (24 - 8 * i);
  return at + 8;
}

static uint8_t *lifetime(uint8_t *at, uint32_t seconds) {
  at = attribute(at, 0x000d, 4);
  for (int i = 0; i < 4; i++) at[i] = seconds >> (24 - 8 * i);
  return at + 4;
}

static void bind_channel(struct client *client, const uint8_t *request, int length) {
  struct channel channel = {.peer.sin_family = AF_INET};
  for (int at = 20; at + 4 <= length;) {
    int type = u16(request + at);
    int size = u16(request + at + 2);
    if (type == 0x000c) channel.number = u16(request + at + 4);
    if (type == 0x0012 && request[at + 5] == 1) {
      channel.peer.sin_port = htons(u16(request + at + 6) ^ COOKIE >> 16);
      uint32_t ip = (uint32_t)u16(request + at + 8) << 16 | u16(request + at + 10);
      channel.peer.sin_addr.s_addr = htonl(ip ^ COOKIE);
    }
    at += 4 + ((size + 3) & ~3);
  }
  for (int c = 0; c < client->channels; c++) {
    if (client->channel[c].number == channel.number) return;
  }
  if (client->channels < CHANNELS) client->channel[client->channels++] = channel;
}

// The record stays: events of this turn may still name it.
static void end(struct client *client) {
  close(client->relay);
  client->relay = -1;
  by_port[ntohs(client->address.sin_port)] = NULL;
}

static struct client *begin(const struct sockaddr_in *from) {
  struct client *client = calloc(1, sizeof *client);
  client->address = *from;
  client->relay = udp(0, &client->relayed);
  watch(client->relay, client);
  return by_port[ntohs(from->sin_port)] = client;
}

static void request(const uint8_t *octets, int length, const struct sockaddr_in *from) {
  uint8_t answer[128];
  struct client *client = by_port[ntohs(from->sin_port)];
  int type = u16(octets);
  int ends = 0;
  if (length < 20 || type & 0x0110) return;
  memcpy(answer, octets, 20);
  uint8_t *at = answer + 20;
  if (type == 0x0001) {
    at = address(at, 0x0020, from);
  } else if (type == 0x0003) {
    if (!client) client = begin(from);
    at = lifetime(address(address(at, 0x0016, &client->relayed), 0x0020, from), 600);
  } else if (type == 0x0004) {
    uint32_t seconds = 600;
    for (int i = 20; i + 8 <= length; i += 4 + ((u16(octets + i + 2) + 3) & ~3)) {
      if (u16(octets + i) == 0x000d) seconds = u16(octets + i + 6);
    }
    ends = seconds == 0;
    at = lifetime(at, seconds);
  } else if (type == 0x0009 && client) {
    bind_channel(client, octets, length);
  } else if (type != 0x0008) {
    return;
  }
  attribute(answer, type | 0x0100, at - answer - 20);
  memcpy(answer + 4, octets + 4, 16);
  sendto(listener, answer, at - answer, MSG_DONTWAIT, (const struct sockaddr *)from, sizeof *from);
  if (ends && client) end(client);
}

static void from_client(int i) {
  uint8_t *octets = in_octets[i];
  int length = in[i].msg_len;
  if (length < HEADER) return;
  if ((octets[0] & 0xc0) != 0x40) {
    flush_outward();
    request(octets, length, &in_from[i]);
    return;
  }
  struct client *client = by_port[ntohs(in_from[i].sin_port)];
  int data = u16(octets + 2);
  for (int c = 0; client && c < client->channels; c++) {
    if (client->channel[c].number == u16(octets) && data <= length - HEADER) {
      outward[outward_count++] = (struct message){client, client->channel[c].peer, octets + HEADER, data};
      client->pending = 1;
      return;
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: relay_floor PORT\n");
    return 2;
  }
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  epoll = epoll_create1(0);
  listener = udp(atoi(argv[1]), NULL);
  watch(listener, NULL);
  printf("relaying\n");
  fflush(stdout);
  struct epoll_event events[EVENTS];
  for (;;) {
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    for (int e = 0; e < ready; e++) {
      struct client *client = events[e].data.ptr;
      if (client && client->relay < 0) continue;
      int count = take(client ? client->relay : listener);
      for (int i = 0; i < count; i++) {
        if (client) from_peer(client, i);
        else from_client(i);
      }
      if (!client) flush_outward();
    }
    flush_back();
  }
}
