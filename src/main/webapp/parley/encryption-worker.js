// Encrypts and decrypts frames for encryption.js, which describes them.

const NONCE = 12;
const TAG = 16;
const TRAILER = NONCE + 2;
const CLEAR = { key: 10, delta: 3, audio: 1 };

/** How often a participant's frames that no key opens are told of, in milliseconds. */
const COMPLAIN_EVERY = 2000;

const SHARED = '';

const secrets = new Map(); // participant, or SHARED → Map: index → what keys are derived from
const current = new Map(); // participant, or SHARED → index set last
const keys = new Map(); // participant and index → promise of a key
const complained = new Map(); // participant → when

onmessage = async ({ data: { participant, index, key } }) => {
  const whose = participant ?? SHARED;
  const base = await crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveKey']);
  if (!secrets.has(whose)) secrets.set(whose, new Map());
  secrets.get(whose).set(index, base);
  current.set(whose, index);
  keys.clear();
};

/** The key of a participant; undefined where there is none. */
function keyOf(participant, index) {
  const name = `${index} ${participant}`;
  if (!keys.has(name)) {
    const base = secrets.get(participant)?.get(index) ?? secrets.get(SHARED)?.get(index);
    if (!base) return undefined;
    const info = new TextEncoder().encode(`parley frame ${name}`);
    const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
    const kind = { name: 'AES-GCM', length: 128 };
    keys.set(name, crypto.subtle.deriveKey(how, base, kind, false, ['encrypt', 'decrypt']));
  }
  return keys.get(name);
}

async function encrypt(frame, participant) {
  const index = current.get(participant) ?? current.get(SHARED);
  const key = index === undefined ? undefined : await keyOf(participant, index);
  if (!key) return false; // nothing is sent in the clear
  const plain = new Uint8Array(frame.data);
  const clear = Math.min(CLEAR[frame.type] ?? CLEAR.audio, plain.length);
  const head = plain.subarray(0, clear);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const how = { name: 'AES-GCM', iv: nonce, additionalData: head };
  const body = new Uint8Array(await crypto.subtle.encrypt(how, key, plain.subarray(clear)));
  const sent = new Uint8Array(clear + body.length + TRAILER);
  sent.set(head);
  sent.set(body, clear);
  sent.set(nonce, clear + body.length);
  sent.set([index, clear], clear + body.length + NONCE);
  frame.data = sent.buffer;
  return true;
}

async function decrypt(frame, participant) {
  const got = new Uint8Array(frame.data);
  const end = got.length - TRAILER;
  const [index, clear] = got.subarray(got.length - 2);
  const key = end >= clear + TAG ? await keyOf(participant, index) : undefined;
  if (!key) return false;
  const head = got.subarray(0, clear);
  const how = { name: 'AES-GCM', iv: got.subarray(end, end + NONCE), additionalData: head };
  try {
    const body = new Uint8Array(await crypto.subtle.decrypt(how, key, got.subarray(clear, end)));
    const plain = new Uint8Array(clear + body.length);
    plain.set(head);
    plain.set(body, clear);
    frame.data = plain.buffer;
    return true;
  } catch {
    return false; // another key, or not what was sent
  }
}

function complain(participant) {
  const now = Date.now();
  if (now - (complained.get(participant) ?? 0) < COMPLAIN_EVERY) return;
  complained.set(participant, now);
  postMessage({ participant });
}

onrtctransform = ({ transformer: { readable, writable, options: { way, participant } } }) => {
  const pass = new TransformStream({
    async transform(frame, out) {
      const good = way === 'encrypt' ? await encrypt(frame, participant) : await decrypt(frame, participant);
      if (good) out.enqueue(frame);
      else if (way === 'decrypt') complain(participant);
    },
  });
  readable.pipeThrough(pass).pipeTo(writable).catch(() => {}); // the connection is closed
};
