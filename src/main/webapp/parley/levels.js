/** How often it is looked at, in milliseconds, and the level (0 to 1) from which somebody speaks. */
const EVERY = 400;
const SPEAKING = 0.03;

/** Who speaks in a mesh, by the audio levels of what is received (RFC 6464), as the server says it else. */
export class Levels {
  #timer = 0;
  #spoke = false;

  /**
   * @param {MeshCall} mesh
   * @param {(speakers: Array<{participant: string, level: number}>) => void} say hears of those who
   *     speak, the loudest first, and once when all are silent
   */
  start(mesh, say) {
    this.stop();
    this.#timer = setInterval(() => {
      const speakers = [...mesh.peers]
        .map(([participant, { connection }]) => ({ participant, level: level(connection) }))
        .filter((one) => one.level > SPEAKING)
        .sort((one, other) => other.level - one.level);
      if (speakers.length || this.#spoke) say(speakers);
      this.#spoke = speakers.length > 0;
    }, EVERY);
  }

  stop() {
    clearInterval(this.#timer);
  }
}

function level(connection) {
  const receiver = connection.getReceivers().find(({ track }) => track.kind === 'audio');
  return receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
}
