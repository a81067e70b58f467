/** What went wrong, as a value: `code` is for programs, `message` for people who read consoles. */
export class ParleyError extends Error {
  /**
   * @param {string} code an error code of signaling.md, or one of this library: `unreachable`,
   *     `connection-lost`, `closed`, `too-slow`, `room-closed`, `topology-unsupported`, `media-unreachable`
   * @param {string} [message] what to tell a developer
   * @param {string} [reason] why, where the protocol says more (`removed`, `denied`, …)
   */
  constructor(code, message = code, reason) {
    super(message);
    this.name = 'ParleyError';
    this.code = code;
    this.reason = reason;
  }
}

/** Close codes after which there is nothing to resume, and what they mean if no error said more. */
const FINAL = new Map([
  [1000, 'closed'],
  [4001, 'token-not-granted'],
  [4003, 'removed'],
  [4004, 'room-not-found'],
  [4005, 'room-locked'],
  [4006, 'origin-refused'],
  [4009, 'replaced'],
  [4010, 'room-full'],
  [4012, 'room-closed'],
]);

/**
 * What a close code of signaling.md means.
 *
 * @param {number} closeCode
 * @returns {string|undefined} the error code, or undefined where the session may be resumed
 */
export const finalCode = (closeCode) => FINAL.get(closeCode);
