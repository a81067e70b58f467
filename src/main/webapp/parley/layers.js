/** How long to wait before parameters that were refused are set again, in milliseconds, and how often. */
const AGAIN = 300;
const ATTEMPTS = 10;

const EVERYTHING = { wanted: true, layers: [] };

/** Whether anybody has use for an encoding. */
const active = (rid, { wanted, layers }) => wanted && (!rid || !layers.length || layers.includes(rid));

/**
 * Has one connection encode only what the server says anybody has use for (`subscribed-quality` of
 * signaling.md). Sound is always sent: who speaks is heard of by it.
 *
 * `setParameters` takes one change at a time and none while a description is applied: what is
 * wanted is noted, and applied until the sender says the same.
 */
export class Layers {
  #connection;
  #tracks = new Map(); // mid → track id
  #wishes = new Map(); // mid → {wanted, layers}
  #settling = new Set();

  /** @param {RTCPeerConnection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /** The server takes a section as this track from now on: all of it is wanted until it says else. */
  begin(mid, track) {
    if (this.#tracks.get(mid) === track) return;
    this.#tracks.set(mid, track);
    this.#wishes.delete(mid);
    this.#settle(mid);
  }

  /** The server says what is wanted. Of a track before this one in the section it means nothing. */
  wish({ track, mid, wanted, layers }) {
    if (this.#tracks.get(mid) !== track) return;
    this.#wishes.set(mid, { wanted, layers });
    this.#settle(mid);
  }

  /** Looks anew, since a description was applied. */
  review() {
    for (const mid of this.#wishes.keys()) this.#settle(mid);
  }

  async #settle(mid) {
    if (this.#settling.has(mid)) return; // it looks again
    this.#settling.add(mid);
    for (let refusals = 0; refusals < ATTEMPTS; ) {
      const { sender, receiver } = this.#connection.getTransceivers().find((one) => one.mid === mid) ?? {};
      if (receiver?.track.kind !== 'video' || this.#connection.signalingState === 'closed') break;
      const parameters = sender.getParameters();
      const wish = this.#wishes.get(mid) ?? EVERYTHING;
      const others = (parameters.encodings ?? []).filter((one) => one.active !== active(one.rid, wish));
      if (!others.length) break;
      for (const one of others) one.active = !one.active;
      try {
        await sender.setParameters(parameters);
      } catch (error) {
        refusals++;
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }
    this.#settling.delete(mid);
  }
}
