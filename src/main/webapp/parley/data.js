import { ParleyError } from './error.js';

/** What each channel is: what must arrive, and what had better be lost than late. */
const FORMS = {
  parley: { ordered: true },
  'parley-lossy': { ordered: false, maxRetransmits: 0 },
};

/** So many octets may wait in the browser before more of the same has to, or is dropped where it is lossy. */
const CROWDED = 1_048_576;
const LATE = 65_536;

/** A channel that the server has closed, since this page was too slow, is opened again after so long, in milliseconds. */
const AGAIN = 2000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The data channels of one connection to the server, as signaling.md describes them. */
export class DataChannels {
  #connection;
  #hear;
  #channels = new Map(); // label → RTCDataChannel

  /**
   * @param {RTCPeerConnection} connection before its first offer: it has the channels then
   * @param {(message: object) => void} hear is told what comes, as `data` of {@link Session} has it
   */
  constructor(connection, hear) {
    this.#connection = connection;
    this.#hear = hear;
    for (const label of Object.keys(FORMS)) this.#open(label);
  }

  /** Whether something can be sent now. @param {boolean} lossy */
  open(lossy) {
    return this.#channel(lossy)?.readyState === 'open';
  }

  /**
   * Sends one message; the channel is open.
   *
   * @param {string|Uint8Array} data
   * @param {{to?: string|string[], topic?: string, lossy?: boolean}} options
   * @returns {Promise<void>} when more may follow
   * @throws {ParleyError} `connection-lost`: the channel has closed meanwhile, and nobody knows how far it came
   */
  async send(data, { to, topic, lossy = false }) {
    const channel = this.#channel(lossy);
    if (lossy && channel.bufferedAmount > LATE) return;
    if (typeof data === 'string') channel.send(JSON.stringify({ type: 'data', to, topic, text: data }));
    else channel.send(packed(data, { to, topic }));
    if (!lossy && channel.bufferedAmount > CROWDED) await relieved(channel);
  }

  #channel(lossy) {
    return this.#channels.get(lossy ? 'parley-lossy' : 'parley');
  }

  #open(label) {
    if (this.#connection.connectionState === 'closed') return;
    const channel = this.#connection.createDataChannel(label, FORMS[label]);
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = CROWDED / 4;
    channel.onmessage = ({ data }) => {
      const message = typeof data === 'string' ? JSON.parse(data) : unpacked(data);
      this.#hear({ ...heard(message), lossy: label === 'parley-lossy' });
    };
    channel.onclose = () => setTimeout(() => this.#open(label), AGAIN);
    this.#channels.set(label, channel);
  }
}

/**
 * A `data` notice as applications get it.
 *
 * @param {object} notice of signaling.md; octets as base64, or as they are
 */
export function heard({ from, direct = false, topic, lossy = false, text, bytes }) {
  const octets = typeof bytes === 'string' ? Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0)) : bytes;
  return { participant: from ?? null, direct, topic, lossy, data: text ?? octets };
}

/** The members of a `data` request that carry something. @param {string|Uint8Array} data */
export function said(data) {
  if (typeof data === 'string') return { text: data };
  let binary = '';
  for (const octet of data) binary += String.fromCharCode(octet);
  return { bytes: btoa(binary) };
}

/** Octets as they are. @param {string|ArrayBuffer|ArrayBufferView} data */
export function plain(data) {
  if (typeof data === 'string' || data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}

function packed(octets, members) {
  const head = encoder.encode(JSON.stringify(members));
  const whole = new Uint8Array(2 + head.length + octets.length);
  whole.set([head.length >> 8, head.length & 255]);
  whole.set(head, 2);
  whole.set(octets, 2 + head.length);
  return whole;
}

function unpacked(buffer) {
  const length = new DataView(buffer).getUint16(0);
  const head = JSON.parse(decoder.decode(new Uint8Array(buffer, 2, length)));
  return { ...head, bytes: new Uint8Array(buffer, 2 + length) };
}

function relieved(channel) {
  return new Promise((resolve, reject) => {
    const done = (settle) => () => {
      channel.removeEventListener('bufferedamountlow', low);
      channel.removeEventListener('close', lost);
      settle();
    };
    const low = done(resolve);
    const lost = done(() => reject(new ParleyError('connection-lost')));
    channel.addEventListener('bufferedamountlow', low);
    channel.addEventListener('close', lost);
  });
}
