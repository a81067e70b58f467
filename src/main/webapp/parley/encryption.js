/** Codecs whose packets the browser can still make and the server still route when frames are encrypted. */
const CODECS = { audio: ['audio/opus'], video: ['video/vp8', 'video/rtx'] };

/** How often PBKDF2 turns a word into a key (OWASP's advice for HMAC-SHA-256 in 2023). */
const ROUNDS = 600_000;

const octets = (text) => new TextEncoder().encode(text);

/** What keys are derived from: octets as they are, words by PBKDF2 (RFC 8018, section 5.2). */
async function material(secret, salt) {
  if (typeof secret !== 'string') return secret;
  const word = await crypto.subtle.importKey('raw', octets(secret), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: octets(salt), iterations: ROUNDS };
  return crypto.subtle.deriveBits(how, word, 256);
}

/**
 * Encryption from end to end of what a {@link Call} sends through the server: every frame by AES-GCM,
 * in a worker (WebRTC Encoded Transform), with keys that the server never sees. How they reach the
 * others is the page's own business: a word that all know, or keys that are handed out.
 *
 *     const encryption = new FrameEncryption();
 *     await encryption.setKey('correct horse battery staple');
 *     const call = new Call(session, media, { encryption });
 *
 * Without a key nothing is sent, and what cannot be decrypted is not shown. A call takes any object
 * with `protect` and `reveal` in place of this one.
 *
 * Event `undecryptable` {participant}: frames of a participant came that no key opens.
 *
 * A frame on the wire, in octets; n says how many stay readable, as routers have to know where a
 * picture may begin: of VP8 10 of a key frame and 3 of another, of sound 1.
 *
 *     | n: in the clear | encrypted, with 16 of tag | 12: nonce, random | 1: key index | 1: n |
 *
 * The n octets are authenticated too. Each sender has its own key of the shared one, by HKDF
 * (RFC 5869) with its participant id and the key's index.
 */
export class FrameEncryption extends EventTarget {
  /** Whether this browser can. */
  static supported = 'RTCRtpScriptTransform' in globalThis;

  #worker = null;
  #options;
  #revealed = new WeakMap(); // receiver → participant

  /**
   * @param {object} [options]
   * @param {boolean} [options.allowClear] also show tracks whose publishers declare no encryption; by
   *     default they are dropped, since whoever is the server could make them
   * @param {string} [options.salt] what else goes into a key made of words, best different by room
   */
  constructor({ allowClear = false, salt = 'parley' } = {}) {
    super();
    this.#options = { allowClear, salt };
  }

  /**
   * Sets a key. The one that was set last is used for sending; the others go on to be understood, so
   * that a new one can be handed out without a gap.
   *
   * @param {string|BufferSource} secret words, or 16 octets at least that nobody can guess
   * @param {object} [options]
   * @param {?string} [options.participant] whose it is; absent: that of all who have no other
   * @param {number} [options.index] 0 to 255, told to the receivers
   */
  async setKey(secret, { participant = null, index = 0 } = {}) {
    const key = await material(secret, this.#options.salt);
    this.#running().postMessage({ participant, index, key });
  }

  /** Encrypts what a transceiver sends. @param {string} self this participant's id */
  protect(transceiver, self) {
    const { kind } = transceiver.receiver.track;
    const { codecs } = RTCRtpSender.getCapabilities(kind);
    transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => CODECS[kind].includes(mimeType.toLowerCase())));
    transceiver.sender.transform = this.#transform({ way: 'encrypt', participant: self });
  }

  /**
   * Decrypts what a receiver brings from now on.
   *
   * @param {RTCRtpReceiver} receiver
   * @param {string} participant who sends it
   * @param {boolean} encrypted whether that one declares so
   */
  reveal(receiver, participant, encrypted) {
    const clear = !encrypted && this.#options.allowClear;
    const now = clear ? null : participant;
    if (this.#revealed.get(receiver) === now) return;
    this.#revealed.set(receiver, now);
    receiver.transform = clear ? null : this.#transform({ way: 'decrypt', participant });
  }

  #transform(options) {
    return new RTCRtpScriptTransform(this.#running(), options);
  }

  #running() {
    if (!this.#worker) {
      this.#worker = new Worker(new URL('./encryption-worker.js', import.meta.url), { type: 'module' });
      this.#worker.onmessage = ({ data: { participant } }) =>
        this.dispatchEvent(new CustomEvent('undecryptable', { detail: { participant } }));
    }
    return this.#worker;
  }
}
