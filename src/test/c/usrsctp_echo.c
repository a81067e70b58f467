/* A WebRTC-like peer on usrsctp, the SCTP of Firefox, over UDP instead of DTLS: sends every message back on its stream,
 * acknowledges openings (RFC 8832) and returns resets (RFC 8831, section 6.7).
 *
 * gcc -O1 -o usrsctp_echo usrsctp_echo.c -lusrsctp -lpthread
 * usrsctp_echo LOCALPORT REMOTEPORT connect|listen LOSS
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <usrsctp.h>

static int fd;
static struct sockaddr_in peer;
static double loss;
static char message[1 << 20];

static int transmit(void *address, void *octets, size_t length, uint8_t tos, uint8_t df) {
  if (drand48() >= loss) sendto(fd, octets, length, 0, (struct sockaddr *)&peer, sizeof peer);
  return 0;
}

static void *receive(void *unused) {
  static char packet[65536];
  for (;;) {
    ssize_t length = recv(fd, packet, sizeof packet, 0);
    if (length > 0 && drand48() >= loss) usrsctp_conninput(&peer, packet, length, 0);
  }
}

static void echo(struct socket *s, void *octets, size_t length, struct sctp_rcvinfo from) {
  struct sctp_sendv_spa to;
  memset(&to, 0, sizeof to);
  to.sendv_flags = SCTP_SEND_SNDINFO_VALID;
  to.sendv_sndinfo.snd_sid = from.rcv_sid;
  to.sendv_sndinfo.snd_ppid = from.rcv_ppid;
  to.sendv_sndinfo.snd_flags = SCTP_EOR | (from.rcv_flags & SCTP_UNORDERED ? SCTP_UNORDERED : 0);
  if (length > 0 && *(char *)octets == 'L') { /* Given up instead of sent again (RFC 3758). */
    to.sendv_flags |= SCTP_SEND_PRINFO_VALID;
    to.sendv_prinfo.pr_policy = SCTP_PR_SCTP_RTX;
    to.sendv_prinfo.pr_value = 0;
  }
  char ack = 2;
  if (ntohl(from.rcv_ppid) == 50) {
    if (*(char *)octets != 3) return;
    octets = &ack;
    length = 1;
    to.sendv_sndinfo.snd_flags = SCTP_EOR;
  }
  while (usrsctp_sendv(s, octets, length, NULL, 0, &to, sizeof to, SCTP_SENDV_SPA, 0) < 0) usleep(1000);
}

static void notified(struct socket *s, union sctp_notification *what) {
  struct sctp_stream_reset_event *event = &what->sn_strreset_event;
  if (what->sn_header.sn_type != SCTP_STREAM_RESET_EVENT) return;
  if (!(event->strreset_flags & SCTP_STREAM_RESET_INCOMING_SSN)) return;
  int count = (event->strreset_length - sizeof *event) / 2;
  struct sctp_reset_streams *reset = calloc(1, sizeof *reset + 2 * count);
  reset->srs_flags = SCTP_STREAM_RESET_OUTGOING;
  reset->srs_number_streams = count;
  memcpy(reset->srs_stream_list, event->strreset_stream_list, 2 * count);
  if (usrsctp_setsockopt(s, IPPROTO_SCTP, SCTP_RESET_STREAMS, reset, sizeof *reset + 2 * count)) perror("reset");
  free(reset);
}

static void set(struct socket *s, int level, int name, const void *value, socklen_t length) {
  if (usrsctp_setsockopt(s, level, name, value, length)) perror("option");
}

static struct socket *configured(void) {
  struct socket *s = usrsctp_socket(AF_CONN, SOCK_STREAM, IPPROTO_SCTP, NULL, NULL, 0, NULL);
  struct sctp_assoc_value resets = {.assoc_id = SCTP_ALL_ASSOC, .assoc_value = SCTP_ENABLE_RESET_STREAM_REQ};
  struct sctp_initmsg init = {.sinit_num_ostreams = 65535, .sinit_max_instreams = 65535};
  struct sctp_event event = {.se_assoc_id = SCTP_ALL_ASSOC, .se_on = 1, .se_type = SCTP_STREAM_RESET_EVENT};
  struct sctp_paddrparams path = {.spp_flags = SPP_PMTUD_DISABLE, .spp_pathmtu = 1160};
  int on = 1, size = 1 << 20;
  set(s, IPPROTO_SCTP, SCTP_ENABLE_STREAM_RESET, &resets, sizeof resets);
  set(s, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof init);
  set(s, IPPROTO_SCTP, SCTP_NODELAY, &on, sizeof on);
  set(s, IPPROTO_SCTP, SCTP_RECVRCVINFO, &on, sizeof on);
  set(s, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  set(s, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  set(s, IPPROTO_SCTP, SCTP_EVENT, &event, sizeof event);
  set(s, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, &path, sizeof path);
  return s;
}

int main(int count, char **arguments) {
  if (count != 5) return 2;
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  peer = own;
  own.sin_port = htons(atoi(arguments[1]));
  peer.sin_port = htons(atoi(arguments[2]));
  loss = atof(arguments[4]);
  fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(fd, (struct sockaddr *)&own, sizeof own)) return 3;
  usrsctp_init(0, transmit, NULL);
  usrsctp_register_address(&peer);
  pthread_t reader;
  pthread_create(&reader, NULL, receive, NULL);
  struct socket *s = configured();
  struct sockaddr_conn address = {.sconn_family = AF_CONN, .sconn_port = htons(5000)};
  usrsctp_bind(s, (struct sockaddr *)&address, sizeof address);
  address.sconn_addr = &peer;
  printf("ready\n");
  fflush(stdout);
  if (arguments[3][0] == 'c') {
    if (usrsctp_connect(s, (struct sockaddr *)&address, sizeof address)) return 4;
  } else {
    usrsctp_listen(s, 1);
    s = usrsctp_accept(s, NULL, NULL);
  }
  for (size_t have = 0;;) {
    struct sctp_rcvinfo from;
    socklen_t size = sizeof from, none = 0;
    unsigned kind = 0;
    int flags = 0;
    ssize_t length =
        usrsctp_recvv(s, message + have, sizeof message - have, NULL, &none, &from, &size, &kind, &flags);
    if (length <= 0) {
      printf("over\n");
      return 0;
    }
    if (flags & MSG_NOTIFICATION) {
      notified(s, (union sctp_notification *)(message + have));
      continue;
    }
    have += length;
    if (flags & MSG_EOR) {
      echo(s, message, have, from);
      have = 0;
    }
  }
}
