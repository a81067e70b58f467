// The floor under `sfu-fanout`: what forwarding costs in C, with nothing around it.
//
//   gcc -O2 -Wall -Wextra -Werror -o sfu_floor sfu_floor.c -lcrypto
//   sfu_floor PORT RECEIVERS FIRST_RECEIVER_PORT [WAIT_MICROSECONDS]
//
// One blocking thread on 127.0.0.1:PORT: recvmmsg, unprotect each packet once (SRTP, RFC 3711, with
// AEAD_AES_128_GCM, RFC 7714), and for each receiver a new header (SSRC, sequence number, timestamp),
// protect with the receiver's key, and one sendmmsg for many; consecutive packets of equal size to one
// receiver, the last may be shorter, are one UDP_SEGMENT message (udp(7)). With a wait it gives the
// rest of a frame so much time before it forwards what it has. Receiver i is at 127.0.0.1, port
// FIRST_RECEIVER_PORT + i. No ICE, DTLS, RTCP, retransmission or replay window: a server that does all
// of that is compared with one that does none.
//
// Keys are those of a made-up DTLS exporter: octet j of the connection i is i * 31 + j * 7 + 1; the
// source is the connection 65535. SIGTERM or SIGINT ends it, and it says what it did.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum {
  SOURCE = 65535,
  BATCH = 16,          // packets taken at once
  MESSAGES = 64,       // handed to the kernel at once
  SEGMENTS = 44,       // of one message: 64 KiB
  OCTETS = 2048,       // of a packet at most
  PENDING = 256,       // packets protected before they are handed over
  HEADER = 12,
  TAG = 16,
  KEY = 16,
  SALT = 12
};

struct crypt {
  EVP_CIPHER_CTX *gcm;
  uint8_t salt[SALT];
};

struct receiver {
  struct sockaddr_in address;
  struct crypt crypt;
};

struct plain {
  uint8_t octets[OCTETS];
  int header;  // octets of it, with CSRC and extension
  int length;
  uint64_t index;
};

static volatile sig_atomic_t ended;

static void end(int signal) {
  (void)signal;
  ended = 1;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

// RFC 3711, section 4.3.3: the key stream of AES-CM over the salt with the label in it.
static void derive(const uint8_t *key, const uint8_t *salt, uint8_t label, uint8_t *out, int length) {
  uint8_t iv[16] = {0};
  uint8_t zero[32] = {0};
  int done;
  memcpy(iv, salt, SALT);
  iv[7] ^= label;
  EVP_CIPHER_CTX *ctr = EVP_CIPHER_CTX_new();
  if (!EVP_EncryptInit_ex(ctr, EVP_aes_128_ctr(), NULL, key, iv) ||
      !EVP_EncryptUpdate(ctr, out, &done, zero, length))
    die("key derivation");
  EVP_CIPHER_CTX_free(ctr);
}

// RFC 5764, section 4.2: client's key, server's key, client's salt, server's salt.
static struct crypt keyed(int connection, int server) {
  uint8_t exported[2 * (KEY + SALT)], key[KEY];
  struct crypt made;
  for (unsigned j = 0; j < sizeof exported; j++) exported[j] = (uint8_t)(connection * 31 + j * 7 + 1);
  const uint8_t *master = exported + server * KEY;
  const uint8_t *salt = exported + 2 * KEY + server * SALT;
  derive(master, salt, 0, key, KEY);
  derive(master, salt, 2, made.salt, SALT);
  made.gcm = EVP_CIPHER_CTX_new();
  int good = server ? EVP_EncryptInit_ex(made.gcm, EVP_aes_128_gcm(), NULL, key, NULL)
                    : EVP_DecryptInit_ex(made.gcm, EVP_aes_128_gcm(), NULL, key, NULL);
  if (!good) die("GCM");
  return made;
}

// RFC 7714, section 8.1.
static void iv(const struct crypt *crypt, const uint8_t *ssrc, uint64_t index, uint8_t *out) {
  memcpy(out, crypt->salt, SALT);
  for (int i = 0; i < 4; i++) out[2 + i] ^= ssrc[i];
  for (int i = 0; i < 6; i++) out[6 + i] ^= (uint8_t)(index >> (40 - 8 * i));
}

static uint64_t guess(uint64_t highest, uint16_t sequence) {
  return highest + (int16_t)(sequence - (uint16_t)highest);
}

// Answers the header's length, or 0 for what is no RTP packet.
static int header(const uint8_t *packet, int length) {
  if (length < HEADER + TAG || packet[0] >> 6 != 2) return 0;
  int octets = HEADER + 4 * (packet[0] & 15);
  if (packet[0] & 16) {
    if (octets + 4 > length) return 0;
    octets += 4 + 4 * (packet[octets + 2] << 8 | packet[octets + 3]);
  }
  return octets + TAG <= length ? octets : 0;
}

static int unprotect(struct crypt *from, uint64_t *highest, uint8_t *packet, int length, struct plain *to) {
  uint8_t nonce[SALT];
  int done;
  to->header = header(packet, length);
  if (!to->header) return 0;
  uint16_t sequence = (uint16_t)(packet[2] << 8 | packet[3]);
  to->index = *highest == UINT64_MAX ? sequence : guess(*highest, sequence);
  to->length = length - TAG;
  iv(from, packet + 8, to->index, nonce);
  int good = EVP_DecryptInit_ex(from->gcm, NULL, NULL, NULL, nonce) &&
             EVP_DecryptUpdate(from->gcm, NULL, &done, packet, to->header) &&
             EVP_DecryptUpdate(from->gcm, to->octets + to->header, &done, packet + to->header,
                               to->length - to->header) &&
             EVP_CIPHER_CTX_ctrl(from->gcm, EVP_CTRL_GCM_SET_TAG, TAG, packet + to->length) &&
             EVP_DecryptFinal_ex(from->gcm, to->octets + to->length, &done) > 0;
  if (!good) return 0;
  memcpy(to->octets, packet, to->header);
  if (*highest == UINT64_MAX || to->index > *highest) *highest = to->index;
  return 1;
}

static void put32(uint8_t *at, uint32_t value) {
  value = htonl(value);
  memcpy(at, &value, 4);
}

static int protect(struct receiver *to, int number, const struct plain *plain, uint8_t *out) {
  uint8_t nonce[SALT];
  int done;
  uint32_t timestamp;
  uint64_t index = plain->index + number;
  memcpy(out, plain->octets, plain->header);
  out[2] = (uint8_t)(index >> 8);
  out[3] = (uint8_t)index;
  memcpy(&timestamp, out + 4, 4);
  put32(out + 4, ntohl(timestamp) + number);
  put32(out + 8, 0x10000 + number);
  iv(&to->crypt, out + 8, index, nonce);
  EVP_CIPHER_CTX *gcm = to->crypt.gcm;
  if (!EVP_EncryptInit_ex(gcm, NULL, NULL, NULL, nonce) ||
      !EVP_EncryptUpdate(gcm, NULL, &done, out, plain->header) ||
      !EVP_EncryptUpdate(gcm, out + plain->header, &done, plain->octets + plain->header,
                         plain->length - plain->header) ||
      !EVP_EncryptFinal_ex(gcm, out + plain->length, &done) ||
      !EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_GCM_GET_TAG, TAG, out + plain->length))
    die("protect");
  return plain->length + TAG;
}

static struct mmsghdr messages[MESSAGES];
static struct iovec vectors[MESSAGES];
static char controls[MESSAGES][CMSG_SPACE(sizeof(uint16_t))];
static uint8_t pending[PENDING * OCTETS];
static int queued, packets, room;
static uint64_t forwarded, handed, failed;

static void flush(int fd) {
  for (int at = 0; at < queued;) {
    int sent = sendmmsg(fd, messages + at, queued - at, 0);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) {
      failed++;
      sent = 1;
    }
    at += sent;
  }
  handed += queued;
  forwarded += packets;
  queued = packets = room = 0;
}

// Protects what was taken for one receiver, into runs of equal size.
static void forward(int fd, struct receiver *to, int number, const struct plain *plain, int count) {
  int run = 0, first = 0;
  if (queued + count > MESSAGES || packets + count > PENDING) flush(fd);
  for (int i = 0; i < count; i++) {
    int length = protect(to, number, plain + i, pending + room);
    struct iovec *vector = vectors + queued - 1;
    if (run && run < SEGMENTS && length <= first && vector->iov_len == (size_t)run * first) {
      vector->iov_len += length;
      run++;
      struct msghdr *joined = &messages[queued - 1].msg_hdr;
      joined->msg_control = controls[queued - 1];
      joined->msg_controllen = CMSG_SPACE(sizeof(uint16_t));
      struct cmsghdr *segment = CMSG_FIRSTHDR(joined);
      segment->cmsg_level = SOL_UDP;
      segment->cmsg_type = UDP_SEGMENT;
      segment->cmsg_len = CMSG_LEN(sizeof(uint16_t));
      uint16_t size = (uint16_t)first;
      memcpy(CMSG_DATA(segment), &size, sizeof size);
    } else {
      vectors[queued] = (struct iovec){pending + room, length};
      messages[queued].msg_hdr = (struct msghdr){.msg_name = &to->address,
                                                 .msg_namelen = sizeof to->address,
                                                 .msg_iov = vectors + queued,
                                                 .msg_iovlen = 1};
      queued++;
      run = 1;
      first = length;
    }
    room += length;
    packets++;
  }
}

static int take(int fd, uint8_t (*octets)[OCTETS], int *lengths, int most, int flags) {
  static struct mmsghdr in[BATCH];
  static struct iovec into[BATCH];
  for (int i = 0; i < most; i++) {
    into[i] = (struct iovec){octets[i], OCTETS};
    in[i].msg_hdr = (struct msghdr){.msg_iov = into + i, .msg_iovlen = 1};
  }
  int taken = recvmmsg(fd, in, most, flags, NULL);
  for (int i = 0; i < taken; i++) lengths[i] = (int)in[i].msg_len;
  return taken > 0 ? taken : 0;
}

int main(int argc, char **argv) {
  static uint8_t arrived[BATCH][OCTETS];
  static struct plain plain[BATCH];
  int lengths[BATCH];
  if (argc < 4) {
    fprintf(stderr, "usage: sfu_floor PORT RECEIVERS FIRST_RECEIVER_PORT [WAIT_MICROSECONDS]\n");
    return 2;
  }
  int receivers = atoi(argv[2]), first = atoi(argv[3]);
  struct timespec wait = {0, argc > 4 ? atol(argv[4]) * 1000 : 0};
  int fd = socket(AF_INET, SOCK_DGRAM, 0), buffer = 4 << 20;
  struct sockaddr_in own = {.sin_family = AF_INET,
                            .sin_port = htons((uint16_t)atoi(argv[1])),
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (fd < 0 || bind(fd, (struct sockaddr *)&own, sizeof own)) die("bind");
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) ||
      setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer))
    die("buffers");
  // So that a signal that comes while nothing arrives is heeded.
  struct timeval patience = {1, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  prctl(PR_SET_TIMERSLACK, 1);
  struct sigaction ending = {.sa_handler = end};
  sigaction(SIGTERM, &ending, NULL);
  sigaction(SIGINT, &ending, NULL);

  struct crypt source = keyed(SOURCE, 0);
  struct receiver *to = calloc(receivers, sizeof *to);
  for (int i = 0; i < receivers; i++) {
    to[i].address = own;
    to[i].address.sin_port = htons((uint16_t)(first + i));
    to[i].crypt = keyed(i, 1);
  }
  printf("forwarding to %d\n", receivers);
  fflush(stdout);

  uint64_t highest = UINT64_MAX, refused = 0;
  while (!ended) {
    int taken = take(fd, arrived, lengths, BATCH, MSG_WAITFORONE);
    if (taken > 0 && taken < BATCH && wait.tv_nsec) {
      nanosleep(&wait, NULL);
      taken += take(fd, arrived + taken, lengths + taken, BATCH - taken, MSG_DONTWAIT);
    }
    int count = 0;
    for (int i = 0; i < taken; i++) {
      if (unprotect(&source, &highest, arrived[i], lengths[i], plain + count)) {
        count++;
      } else {
        refused++;
      }
    }
    for (int i = 0; count && i < receivers; i++) forward(fd, to + i, i, plain, count);
    flush(fd);
  }

  struct timespec used;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  double micros = used.tv_sec * 1e6 + used.tv_nsec / 1e3;
  printf("forwarded %lu packets in %lu messages, %.3f us CPU a packet; refused %lu, failed %lu\n", forwarded,
         handed, forwarded ? micros / forwarded : 0, refused, failed);
  return 0;
}
