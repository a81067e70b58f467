/** What others are told about this participant's microphone, camera and screen: that they are on or off. */
export class Announcement {
  #session;
  #media;
  #said = {};

  /**
   * @param {Session} session
   * @param {EventTarget & {audioOn?: boolean, videoOn?: boolean, screenOn?: boolean}} media what it
   *     does not know is not announced
   */
  constructor(session, media) {
    this.#session = session;
    this.#media = media;
    session.addEventListener('joined', () => {
      const { audio, video, screen } = session.self;
      this.#said = { audio, video, screen };
      this.#say();
    });
    media.addEventListener('changed', () => this.#say());
  }

  async #say() {
    const { audioOn, videoOn, screenOn } = this.#media;
    const now = { audio: audioOn, video: videoOn, screen: screenOn };
    const changes = Object.fromEntries(
      Object.entries(now).filter(([key, on]) => on !== undefined && on !== Boolean(this.#said[key])));
    if (this.#session.state !== 'joined' || !Object.keys(changes).length) return;
    Object.assign(this.#said, changes);
    await this.#session.update(changes).catch((error) => console.warn('parley:', error.code, error.message));
  }
}
