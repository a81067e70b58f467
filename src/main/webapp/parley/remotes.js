import { sections } from './sections.js';

/** Which video of a participant is shown where there are several. */
const PREFERENCE = ['screen', 'camera'];

/**
 * What comes from the server, sorted by participant: one stream for each, with one video (a shared
 * screen before the camera) and all sound.
 *
 * The server's description says whose track each section brings. It is read anew after each, since
 * a section that one participant left may bring another's next, with the same MediaStreamTrack.
 */
export class Remotes {
  /** Participant id → track id → MediaStreamTrack. @type {Map<string, Map<string, MediaStreamTrack>>} */
  tracks = new Map();

  #about;
  #changed;
  #streams = new Map(); // participant id → MediaStream
  #awaited = new WeakSet();

  /**
   * @param {(track: string) => ?object} about what signaling says of a track
   * @param {(participant: string, stream: MediaStream) => void} changed hears of each stream that changes
   */
  constructor(about, changed) {
    this.#about = about;
    this.#changed = changed;
  }

  /** Takes a description of the server that was applied to a connection. */
  read(connection, sdp) {
    const described = sections(sdp);
    const found = new Map();
    for (const { mid, receiver, direction } of connection.getTransceivers()) {
      const { sends, stream, track } = described.get(mid) ?? {};
      if (!sends || !stream || !track || !direction.includes('recv')) continue;
      if (!found.has(stream)) found.set(stream, new Map());
      found.get(stream).set(track, receiver.track);
    }
    const gone = [...this.tracks.keys()].filter((id) => !found.has(id));
    this.tracks = found;
    // first everything that ended, so that a track is never in two streams
    for (const id of this.#streams.keys()) this.#drop(id);
    for (const id of [...gone, ...found.keys()]) this.choose(id);
  }

  /** Looks anew what to show of a participant. */
  choose(participant) {
    const tracks = this.tracks.get(participant) ?? new Map();
    let stream = this.#streams.get(participant);
    if (!tracks.size && !stream) return;
    if (!stream) this.#streams.set(participant, (stream = new MediaStream()));
    const wanted = [...tracks.values()].filter(({ kind }) => kind === 'audio');
    const video = this.#video(tracks);
    const [shown] = stream.getVideoTracks();
    if (video && !video.muted) wanted.push(video);
    else if (shown && [...tracks.values()].includes(shown)) wanted.push(shown);
    if (video?.muted) this.#await(participant, video);
    const before = stream.getTracks();
    for (const track of before) if (!wanted.includes(track)) stream.removeTrack(track);
    for (const track of wanted) stream.addTrack(track);
    const same = before.length === wanted.length && before.every((track) => wanted.includes(track));
    if (!same) this.#changed(participant, stream);
  }

  /** Forgets a participant. */
  forget(participant) {
    this.tracks.delete(participant);
    this.#streams.delete(participant);
  }

  /** The tracks of a participant's video by id, the one that is shown first. @returns {string[]} */
  videos(participant) {
    return this.#ranked(this.tracks.get(participant) ?? new Map()).map(([id]) => id);
  }

  #drop(participant) {
    const stream = this.#streams.get(participant);
    const there = [...(this.tracks.get(participant)?.values() ?? [])];
    const over = stream.getTracks().filter((track) => !there.includes(track));
    for (const track of over) stream.removeTrack(track);
    if (over.length) this.#changed(participant, stream);
  }

  #video(tracks) {
    return this.#ranked(tracks)[0]?.[1];
  }

  #ranked(tracks) {
    const rank = (id) => {
      const { source, muted } = this.#about(id) ?? {};
      const place = PREFERENCE.indexOf(source);
      return (place < 0 ? PREFERENCE.length : place) + (muted ? 10 : 0);
    };
    return [...tracks].filter(([, { kind }]) => kind === 'video')
      .sort(([one], [other]) => rank(one) - rank(other));
  }

  /** A video without a picture would keep an element from playing the sound: it waits for its first. */
  #await(participant, track) {
    if (this.#awaited.has(track)) return;
    this.#awaited.add(track);
    track.addEventListener('unmute', () => {
      this.#awaited.delete(track);
      for (const [id, tracks] of this.tracks) {
        if ([...tracks.values()].includes(track)) this.choose(id);
      }
    }, { once: true });
  }
}
