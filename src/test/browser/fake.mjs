// A stand-in for the server while it is being written: the protocol of signaling.md, the REST calls
// of the pages, the static files, and a STUN responder. Keeps everything in memory; checks little.
// node fake.mjs WEBAPP_DIR [HTTP_PORT] [STUN_PORT]; prints one JSON line {port, stun, account, password, key, secret}.
import { createServer } from 'node:http';
import { createHash, createHmac, randomUUID, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { join, extname, normalize } from 'node:path';

const [webapp, wantedPort = '0', stunWanted = '0'] = process.argv.slice(2);
const settings = JSON.parse(process.env.FAKE_SETTINGS ?? '{}');
const RESUME = Number(settings.resumeSeconds ?? 10);
const key = 'APIfake', secret = 'fake-secret-of-the-fake', account = 'admin', password = 'fake-password-1';
const rooms = new Map(); // name → {view, sessions: Map}
const logins = new Set();
const b64 = (x) => Buffer.from(x).toString('base64url');
const sign = (claims) => {
  const head = `${b64('{"alg":"HS256","typ":"JWT"}')}.${b64(JSON.stringify(claims))}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
};
const token = (room, sub, name, more = {}) => sign({ iss: key, sub, name, exp: Date.now() / 1000 + 600, video: { roomJoin: true, room, ...more } });
const refuse = (code, message = code) => Object.assign(new Error(message), { code });
function check(text, room) {
  const parts = text.split('.');
  if (parts.length !== 3) throw refuse('token-malformed');
  const claims = JSON.parse(Buffer.from(parts[1], 'base64url'));
  if (createHmac('sha256', secret).update(`${parts[0]}.${parts[1]}`).digest('base64url') !== parts[2]) throw refuse('token-signature');
  if (claims.iss !== key) throw refuse('token-unknown-key');
  if (claims.exp < Date.now() / 1000) throw refuse('token-expired');
  if (claims.video?.room && claims.video.room !== room) throw refuse('token-other-room');
  return claims;
}
function make(name, s = {}) {
  const view = { name, title: s.title ?? name, maxParticipants: s.maxParticipants ?? 20, emptyTimeout: 300, topology: 'auto', effectiveTopology: 'mesh', lobby: !!s.lobby, locked: false, access: s.access ?? 'open' };
  const room = { view, sessions: new Map() };
  rooms.set(name, room);
  return room;
}

// ---- REST and files
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const server = createServer(async (q, r) => {
  const url = new URL(q.url, 'http://x');
  const json = (status, body, headers = {}) => r.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body === undefined ? '' : JSON.stringify(body));
  const login = /parley=(\w+)/.exec(q.headers.cookie ?? '')?.[1];
  const signedIn = logins.has(login);
  let text = '';
  for await (const c of q) text += c;
  const body = text ? JSON.parse(text) : {};
  let m;
  if (url.pathname === '/api/v1/session') {
    if (q.method === 'POST') {
      if (body.account !== account || body.password !== password) return json(401, { code: 'credentials-wrong', message: 'Account or password is wrong.' });
      const id = randomBytes(8).toString('hex');
      logins.add(id);
      return json(200, { account, roles: ['admin'] }, { 'set-cookie': `parley=${id}; Path=/; HttpOnly; SameSite=Lax` });
    }
    if (q.method === 'DELETE') return logins.delete(login), json(204);
    return signedIn ? json(200, { account, roles: ['admin'] }) : json(401, { code: 'not-signed-in', message: 'x' });
  }
  if (url.pathname === '/api/v1/rooms') {
    if (!signedIn) return json(401, { code: 'not-signed-in', message: 'x' });
    if (q.method === 'GET') return json(200, [...rooms.values()].map((x) => x.view));
    if (rooms.has(body.name)) return json(409, { code: 'room-exists', message: 'x' });
    return json(201, make(body.name, body).view);
  }
  if ((m = /^\/api\/v1\/rooms\/([^/]+)(\/\w+)?$/.exec(url.pathname))) {
    const room = rooms.get(m[1]);
    if (m[2] === '/tokens') {
      if (!room && m[1] === 'nowhere') return json(404, { code: 'room-not-found', message: 'x' });
      if (signedIn) return json(200, { token: token(m[1], account, body.name || 'Admin', { roomAdmin: true }) });
      if (body.invite) return body.invite === 'old' ? json(403, { code: 'invite-invalid', message: 'x' }) : json(200, { token: token(m[1], randomUUID(), body.name) });
      if (room && room.view.access === 'members') return json(401, { code: 'token-missing', message: 'x' });
      return json(200, { token: token(m[1], randomUUID(), body.name) });
    }
    if (m[2] === '/invites') return json(201, { url: `http://${q.headers.host}/room/${m[1]}?invite=good`, expires: new Date(Date.now() + 864e5).toISOString() });
    if (q.method === 'DELETE') return rooms.delete(m[1]), json(204);
  }
  let path = url.pathname === '/' ? '/index.html' : /^\/room\/[^/]+$/.test(url.pathname) ? '/room/index.html' : url.pathname;
  try {
    const file = await readFile(join(webapp, normalize(path)));
    r.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'content-security-policy': csp, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' }).end(file);
  } catch {
    r.writeHead(404).end();
  }
});

// ---- WebSocket frames
server.on('upgrade', (q, socket) => {
  const url = new URL(q.url, 'http://x');
  const accept = createHash('sha1').update(q.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  const protocol = q.headers['sec-websocket-protocol'];
  socket.write(`HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ''}\r\n`);
  socket.on('error', () => {});
  const frame = (op, data) => {
    const n = data.length;
    const head = n < 126 ? Buffer.from([0x80 | op, n]) : n < 65536 ? Buffer.from([0x80 | op, 126, n >> 8, n & 255]) : Buffer.concat([Buffer.from([0x80 | op, 127, 0, 0, 0, 0]), Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255])]);
    if (!socket.destroyed) socket.write(Buffer.concat([head, data]));
  };
  const ws = { send: (o) => frame(1, Buffer.from(JSON.stringify(o))), close: (code) => { frame(8, Buffer.from([code >> 8, code & 255])); setTimeout(() => socket.destroy(), 50); } };
  const handler = conversation(decodeURIComponent(url.pathname.replace('/signal/', '')), ws, protocol, url.searchParams.get('access_token'));
  let buffer = Buffer.alloc(0), parts = [];
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (buffer.length < 2) return;
      let n = buffer[1] & 127, at = 2;
      if (n === 126) { if (buffer.length < 4) return; n = buffer.readUInt16BE(2); at = 4; } else if (n === 127) { if (buffer.length < 10) return; n = Number(buffer.readBigUInt64BE(2)); at = 10; }
      if (buffer.length < at + 4 + n) return;
      const mask = buffer.subarray(at, at + 4), data = Buffer.from(buffer.subarray(at + 4, at + 4 + n)), op = buffer[0] & 15, fin = buffer[0] & 128;
      for (let i = 0; i < n; i++) data[i] ^= mask[i & 3];
      buffer = buffer.subarray(at + 4 + n);
      if (op === 8) { frame(8, data.subarray(0, 2)); socket.end(); return handler.lost(); }
      if (op === 9) { frame(10, data); continue; }
      if (op > 2) continue;
      parts.push(data);
      if (fin) { const all = Buffer.concat(parts).toString(); parts = []; handler.message(JSON.parse(all)); }
    }
  });
  socket.on('close', () => handler.lost());
});

// ---- the protocol
const secrets = new Map();
function conversation(name, ws, protocol, urlToken) {
  let session = null; // {id, view, ws, log, seq, room, state}
  const others = (room, me, joined = true) => [...room.sessions.values()].filter((s) => s !== me && (!joined || s.state === 'joined'));
  const notice = (s, message) => {
    if (s.classic) return;
    const kept = { ...message, seq: ++s.seq };
    s.log.push(kept);
    s.ws?.send(kept);
  };
  const fail = (code, close) => { ws.send({ type: 'error', code, message: code }); ws.close(close); };
  const enter = (s) => {
    s.state = 'joined';
    notice(s, { type: 'joined', self: s.view, session: s.secret, room: s.room.view, participants: others(s.room, s).map((o) => o.view), iceServers: [{ urls: `stun:127.0.0.1:${stunPort}` }], limits: { maxMessageBytes: 65536, resumeSeconds: RESUME, heartbeatSeconds: 20 } });
    others(s.room, s).forEach((o) => notice(o, { type: 'participant-joined', participant: s.view }));
  };
  const gone = (s, reason) => {
    if (!s.room.sessions.delete(s.view.id)) return;
    secrets.delete(s.secret);
    clearTimeout(s.timer);
    if (s.state === 'joined') others(s.room, s).forEach((o) => notice(o, { type: 'participant-left', participant: s.view.id, reason }));
    else others(s.room, s).filter((o) => o.view.moderator).forEach((o) => notice(o, { type: 'knock-ended', participant: s.view.id }));
  };
  const changed = (s) => others(s.room, s).forEach((o) => notice(o, { type: 'participant-changed', participant: s.view }));
  const joinAs = (message) => {
    let claims = null;
    try {
      const text = message.token ?? urlToken;
      if (text) claims = check(text, name);
    } catch (e) { return fail(e.code, 4001); }
    let room = rooms.get(name);
    if (name === 'nowhere') return fail('room-not-found', 4004);
    if (!claims && room?.view.access === 'members') return fail('token-missing', 4001);
    room ??= make(name);
    const moderator = !!claims?.video.roomAdmin;
    if (room.view.locked && !moderator) return fail('room-locked', 4005);
    if (others(room, null).length >= room.view.maxParticipants) return fail('room-full', 4010);
    const id = randomUUID();
    session = { ws, log: [], seq: 0, room, secret: randomUUID(), state: 'waiting', view: { id, identity: claims?.sub ?? `guest-${id}`, name: claims?.name ?? message.name ?? 'Guest', moderator, guest: !claims, audio: !!message.audio, video: !!message.video, screen: false, hand: false, metadata: message.metadata, joinedAt: new Date().toISOString(), connected: true } };
    for (const old of others(room, null, false)) if (claims && old.view.identity === claims.sub) { notice(old, { type: 'removed', reason: 'replaced' }); old.ws?.close(4009); gone(old, 'replaced'); }
    room.sessions.set(id, session);
    secrets.set(session.secret, session);
    if (room.view.lobby && !moderator) {
      notice(session, { type: 'waiting', self: session.view, session: session.secret, room: room.view, limits: { maxMessageBytes: 65536, resumeSeconds: RESUME, heartbeatSeconds: 20 } });
      others(room, session).filter((o) => o.view.moderator).forEach((o) => notice(o, { type: 'knock', participant: session.view }));
    } else {
      enter(session);
      if (moderator) others(room, session, false).filter((o) => o.state === 'waiting').forEach((o) => notice(session, { type: 'knock', participant: o.view }));
    }
  };
  if (protocol !== 'parley.v1') {
    const room = rooms.get(name) ?? make(name);
    if (room.sessions.size >= 2) ws.close(4010);
    else { session = { classic: true, ws, room, state: 'joined', view: { id: randomUUID(), name: 'Guest', guest: true, connected: true } }; room.sessions.set(session.view.id, session); others(room, session).forEach((o) => notice(o, { type: 'participant-joined', participant: session.view })); }
    return { message: (m) => others(session.room, session).forEach((o) => o.classic ? o.ws.send({ ...m, from: session.view.id }) : notice(o, { ...m, from: session.view.id })), lost: () => session && gone(session, 'left') };
  }
  return {
    message(m) {
      const answer = (o) => ws.send({ ...o, re: m.id });
      const error = (code) => answer({ type: 'error', code, message: code });
      if (m.type === 'ping') return answer({ type: 'pong' });
      if (!session && m.type === 'join') return joinAs(m);
      if (!session && m.type === 'resume') {
        const old = secrets.get(m.session);
        if (!old) return fail('resume-failed', 4014);
        session = old;
        clearTimeout(old.timer);
        old.ws?.close(4009);
        old.ws = ws;
        ws.send({ type: 'resumed', seq: old.seq });
        old.log.filter((k) => k.seq > m.seen).forEach((k) => ws.send(k));
        if (!old.view.connected) { old.view.connected = true; changed(old); }
        return undefined;
      }
      if (!session) return fail('bad-request', 4000);
      const target = session.room.sessions.get(m.to ?? m.participant);
      const moderating = ['remove', 'mute', 'lock', 'admit', 'deny', 'configure'].includes(m.type);
      if (moderating && !session.view.moderator) return error('not-allowed');
      switch (m.type) {
        case 'offer': case 'answer': case 'candidate': {
          const { to, id, ...rest } = m;
          if (!target) return error('participant-not-found');
          if (target.classic) return target.ws.send({ ...rest, from: session.view.id });
          return notice(target, { ...rest, from: session.view.id });
        }
        case 'update': {
          const { type, id, ...rest } = m;
          Object.assign(session.view, rest);
          answer({ type: 'ok' });
          return changed(session);
        }
        case 'leave': gone(session, 'left'); answer({ type: 'left' }); return ws.close(1000);
        case 'remove': case 'deny':
          if (!target) return error('participant-not-found');
          notice(target, { type: 'removed', reason: m.type === 'deny' ? 'denied' : 'removed' });
          target.ws?.close(4003);
          gone(target, m.type === 'deny' ? 'denied' : 'removed');
          return answer({ type: 'ok' });
        case 'mute': if (!target) return error('participant-not-found'); notice(target, { type: 'mute', from: session.view.id, kind: m.kind }); return answer({ type: 'ok' });
        case 'admit': if (!target) return error('participant-not-found'); enter(target); others(session.room, target).filter((o) => o.view.moderator).forEach((o) => notice(o, { type: 'knock-ended', participant: target.view.id })); return answer({ type: 'ok' });
        case 'lock': session.room.view.locked = m.locked; answer({ type: 'ok' }); return others(session.room, null).forEach((o) => notice(o, { type: 'room', room: session.room.view }));
        case 'configure': { const { type, id, ...rest } = m; if (rest.topology === 'sfu') return error('sfu-unavailable'); Object.assign(session.room.view, rest); answer({ type: 'ok' }); return others(session.room, null).forEach((o) => notice(o, { type: 'room', room: session.room.view })); }
        default: return error('bad-request');
      }
    },
    lost() {
      const s = session;
      if (!s || s.ws !== ws || !s.room.sessions.has(s.view.id)) return;
      s.ws = null;
      s.view.connected = false;
      if (s.state === 'joined') changed(s);
      s.timer = setTimeout(() => gone(s, 'timeout'), RESUME * 1000);
    },
  };
}

// ---- STUN Binding
let stunPort = 0;
const stun = createSocket('udp4', (message, from) => {
  if (message.length < 20 || message.readUInt16BE(0) !== 1) return;
  const r = Buffer.alloc(32);
  r.writeUInt16BE(0x101, 0); r.writeUInt16BE(12, 2); message.copy(r, 4, 4, 20);
  r.writeUInt16BE(0x20, 20); r.writeUInt16BE(8, 22); r[25] = 1; r.writeUInt16BE(from.port ^ 0x2112, 26);
  from.address.split('.').forEach((b, i) => (r[28 + i] = Number(b) ^ [0x21, 0x12, 0xa4, 0x42][i]));
  stun.send(r, from.port, from.address);
});
stun.bind(Number(stunWanted), '127.0.0.1', () => {
  stunPort = stun.address().port;
  server.listen(Number(wantedPort), '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port, stun: stunPort, account, password, key, secret })));
});
