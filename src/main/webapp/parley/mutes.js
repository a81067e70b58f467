/**
 * Keeps the server told which of one's own tracks are muted: it forwards nothing of those. What a
 * moderator muted stays so until one's own switch is turned again.
 */
export class Mutes {
  #session;
  #quiet;
  #said = new Map(); // source → what the server was told last

  /**
   * @param {Session} session
   * @param {(source: string) => ?boolean} quiet whether a source is off now; undefined: not sent
   */
  constructor(session, quiet) {
    this.#session = session;
    this.#quiet = quiet;
    session.addEventListener('track-published', () => this.say());
    session.addEventListener('joined', () => this.#said.clear());
  }

  /** Notes what an offer says of its tracks. @returns {object} the same */
  offered(named) {
    const own = this.#own();
    for (const { source, muted } of Object.values(named)) if (!own.has(source)) this.#said.set(source, muted);
    return named;
  }

  /** Says what changed. */
  say() {
    for (const [source, { id }] of this.#own()) {
      const muted = this.#quiet(source);
      if (muted === undefined || this.#said.get(source) === muted) continue;
      this.#said.set(source, muted);
      this.#session.request('mute', { track: id, muted })
        .catch((error) => console.warn('parley: not muted', error.code));
    }
  }

  #own() {
    const { self, tracks } = this.#session;
    return new Map([...tracks.values()].filter(({ participant }) => participant === self?.id)
      .map((track) => [track.source, track]));
  }
}
