const KINDS = ['audio', 'video'];

/** How long sound is given to fill its buffer before it is heard, in milliseconds. */
const WARM_UP = 150;

/** How long to wait for a first picture where no element shows one (a page in the background). */
const BLIND = 1500;

/** Whether something comes by a track. */
const flows = (track) => Boolean(track) && track.readyState === 'live' && !track.muted;

/**
 * What a page shows of one participant: one stream that stays the same while its tracks come from
 * the mesh or from the server. Of two that bring the same, that of the preferred way is taken as
 * soon as it has a picture or sound, and the other goes in the same moment, so that nothing is
 * heard twice.
 *
 * Event `changed`: the stream has other tracks.
 */
export class Shown extends EventTarget {
  stream = new MediaStream();

  #offers = { mesh: {}, sfu: {} }; // way → kind → track
  #others = []; // sound beside the voice: of a shared screen
  #beside = []; // what of it is in the stream
  #current = {}; // kind → track
  #ready = new WeakSet();
  #watched = new WeakSet();
  #preferred;
  #quiet;

  /**
   * @param {'mesh'|'sfu'} preferred
   * @param {(kind: 'audio'|'video') => boolean} quiet whether the participant says that it sends nothing
   */
  constructor(preferred, quiet) {
    super();
    this.#preferred = preferred;
    this.#quiet = quiet;
  }

  /** Takes tracks from this way where it has them. @param {'mesh'|'sfu'} way */
  prefer(way) {
    this.#preferred = way;
    this.choose();
  }

  /** What a way brings now. @param {'mesh'|'sfu'} way @param {?MediaStream} stream */
  offer(way, stream) {
    const [audio = null, ...others] = stream?.getAudioTracks() ?? [];
    const [video = null] = stream?.getVideoTracks() ?? [];
    this.#offers[way] = { audio, video };
    if (way === 'sfu') this.#others = others; // from peer to peer there is none
    this.choose();
  }

  /** The way that a kind of media comes by; null where there is none. @returns {'mesh'|'sfu'|null} */
  way(kind) {
    const track = this.#current[kind];
    if (!track) return null;
    return this.#offers.sfu[kind] === track ? 'sfu' : 'mesh';
  }

  /** Whether the other way brings nothing any more that this way does not. @param {'mesh'|'sfu'} way */
  settled(way) {
    const other = way === 'sfu' ? 'mesh' : 'sfu';
    return KINDS.every((kind) =>
      this.way(kind) === way || !flows(this.#offers[other][kind]) || this.#quiet(kind));
  }

  /** Looks anew which tracks to show. */
  choose() {
    let changed = this.#accompany();
    for (const kind of KINDS) {
      const wanted = this.#pick(kind);
      const current = this.#current[kind] ?? null;
      if (wanted === current) continue;
      this.#current[kind] = wanted;
      if (current && !this.#others.includes(current)) this.stream.removeTrack(current);
      if (wanted) this.stream.addTrack(wanted);
      changed = true;
    }
    if (changed) this.dispatchEvent(new CustomEvent('changed'));
  }

  /** Shows the sound that comes beside the voice. */
  #accompany() {
    const over = this.#beside.filter((track) => !this.#others.includes(track));
    const fresh = this.#others.filter((track) => !this.#beside.includes(track));
    for (const track of over) if (track !== this.#current.audio) this.stream.removeTrack(track);
    for (const track of fresh) this.stream.addTrack(track);
    this.#beside = this.#others;
    return over.length + fresh.length > 0;
  }

  #pick(kind) {
    const [first, second] = this.#preferred === 'sfu' ? ['sfu', 'mesh'] : ['mesh', 'sfu'];
    const wanted = this.#offers[first][kind] ?? null;
    const other = this.#offers[second][kind] ?? null;
    const current = this.#current[kind] ?? null;
    if (!wanted) return other;
    if (wanted === current || this.#ready.has(wanted)) return wanted;
    this.#watch(wanted);
    const held = current === other && flows(other) && !this.#quiet(kind);
    return held ? other : wanted;
  }

  /** Notes when a track has a picture or sound. */
  async #watch(track) {
    if (this.#watched.has(track)) return;
    this.#watched.add(track);
    if (track.muted) await new Promise((done) => track.addEventListener('unmute', done, { once: true }));
    if (track.kind === 'video') await firstFrame(track);
    else await new Promise((done) => setTimeout(done, WARM_UP));
    this.#ready.add(track);
    this.choose();
  }
}

/** Waits until a track has a picture, seen by an element that nobody sees. */
async function firstFrame(track) {
  const probe = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  await new Promise((done) => {
    probe.addEventListener('loadeddata', done, { once: true });
    probe.requestVideoFrameCallback?.(done);
    setTimeout(done, BLIND);
    probe.srcObject = new MediaStream([track]);
    probe.play().catch(() => {}); // it is set aside before it began
  });
  probe.srcObject = null;
}
