package dev.parley.interop;

import dev.parley.incontainer.ParleyServer;
import dev.parley.interop.browser.Page;
import dev.parley.lab.SignedToken;
import java.time.Instant;

/// WHIP and WHEP as a page speaks them with nothing but `fetch`: what encoders and players do.
final class WhipPage {
  private static final String LIBRARY =
      """
      (() => {
        const open = async (pc, path, token) => {
          await pc.setLocalDescription();
          pc.asked = performance.now();
          const answer = await fetch(path, {
            method: 'POST',
            headers: {'Content-Type': 'application/sdp', Authorization: 'Bearer ' + token},
            body: pc.localDescription.sdp,
          });
          const text = await answer.text();
          if (answer.status !== 201) {
            throw new Error(answer.status + ' ' + text);
          }
          pc.url = new URL(answer.headers.get('Location'), answer.url).href;
          pc.tag = answer.headers.get('ETag');
          pc.links = answer.headers.get('Link');
          await pc.setRemoteDescription({type: 'answer', sdp: text});
          return pc;
        };

        const firstFrame = async (pc, track) => {
          if (globalThis.MediaStreamTrackProcessor) {
            const reader = new MediaStreamTrackProcessor({track}).readable.getReader();
            const first = await reader.read();
            const at = performance.now();
            first.value.close();
            (async () => {
              for (let next = await reader.read(); !next.done; next = await reader.read()) {
                next.value.close();
              }
            })();
            return at;
          }
          while ((await received(pc)).frames === 0) {
            await new Promise(done => setTimeout(done, 10));
          }
          return performance.now();
        };

        globalThis.publish = async (path, token, codec) => {
          const pc = new RTCPeerConnection();
          const media = await navigator.mediaDevices.getUserMedia(
              {audio: true, video: {width: 640, height: 360}});
          for (const track of media.getTracks()) {
            const sender = pc.addTransceiver(track, {direction: 'sendonly', streams: [media]});
            if (track.kind === 'video') {
              sender.setCodecPreferences(RTCRtpReceiver.getCapabilities('video').codecs.filter(
                  c => c.mimeType === codec || c.mimeType === 'video/rtx'));
            }
          }
          return globalThis.pc = await open(pc, path, token);
        };

        globalThis.watch = async (path, token) => {
          const pc = new RTCPeerConnection();
          const tracks = ['audio', 'video'].map(
              kind => pc.addTransceiver(kind, {direction: 'recvonly'}).receiver.track);
          const player = document.createElement('video');
          player.muted = true;
          player.srcObject = new MediaStream(tracks);
          player.play().catch(() => {});
          const first = firstFrame(pc, tracks[1]);
          await open(pc, path, token);
          pc.firstFrame = first.then(at => at - pc.asked);
          return globalThis.pc = pc;
        };

        globalThis.received = async pc => {
          const stats = await pc.getStats();
          const seen = {frames: 0, packets: 0, samples: 0, codec: ''};
          stats.forEach(s => {
            if (s.type === 'inbound-rtp' && s.kind === 'video') {
              seen.frames = s.framesDecoded ?? 0;
              seen.codec = stats.get(s.codecId)?.mimeType ?? '';
            } else if (s.type === 'inbound-rtp') {
              seen.packets = s.packetsReceived ?? 0;
              seen.samples = s.totalSamplesReceived ?? 0;
            }
          });
          return seen;
        };

        globalThis.restart = async pc => {
          await pc.setLocalDescription(await pc.createOffer({iceRestart: true}));
          const line = name => pc.localDescription.sdp.match('a=' + name + ':.*')[0];
          const answer = await fetch(pc.url, {
            method: 'PATCH',
            headers: {'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*'},
            body: [line('ice-ufrag'), line('ice-pwd'), ''].join('\\r\\n'),
          });
          const fragment = await answer.text();
          if (answer.status !== 200) {
            throw new Error(answer.status + ' ' + fragment);
          }
          pc.tag = answer.headers.get('ETag');
          let sdp = pc.currentRemoteDescription.sdp;
          for (const name of ['ice-ufrag', 'ice-pwd']) {
            sdp = sdp.replace(
                new RegExp('a=' + name + ':.*', 'g'), fragment.match('a=' + name + ':.*')[0]);
          }
          await pc.setRemoteDescription({type: 'answer', sdp});
        };

        globalThis.leave = async pc => {
          const status = (await fetch(pc.url, {method: 'DELETE'})).status;
          pc.close();
          return status;
        };
      })()
      """;

  private WhipPage() {}

  static void teach(Page page) {
    page.evaluate(LIBRARY);
  }

  /// Publishes a picture and sound with one video codec; afterwards `pc` is the connection.
  static void publish(Page page, ParleyServer server, String room, String codec) {
    teach(page);
    String token = token(server, room, "obs");
    page.evaluate("void await publish('/whip/%s', '%s', '%s')".formatted(room, token, codec));
    page.await("pc.connectionState === 'connected'");
  }

  /// Watches a room; afterwards `pc` is the connection.
  static void watch(Page page, ParleyServer server, String room) {
    teach(page);
    String token = token(server, room, "tv");
    page.evaluate("void await watch('/whep/%s', '%s')".formatted(room, token));
  }

  static String token(ParleyServer server, String room, String name) {
    Instant expires = Instant.now().plusSeconds(600);
    return SignedToken.join(server.apiKeyId(), server.apiKeySecret(), room, name, expires);
  }

  /// Waits until a page has decoded more picture and sound than it had when this was called.
  static void goesOn(Page page) {
    page.evaluate("void (globalThis.before = await received(pc))");
    page.await(
        "(now => now.frames > before.frames + 5 && now.packets > before.packets + 20"
            + " && now.samples > before.samples)(await received(pc))");
  }
}
