// A room in one page: sessions that speak signaling.md with each other, and an SFU that is made of
// RTCPeerConnections of the same browser. It decodes and encodes anew, so it is for a few people.
import { keep } from '/parley/roster.js';
import { ParleyError } from '/parley/error.js';

const LATENCY = 5;
let ids = 0;

/** What pages take for a Session. */
export class FakeSession extends EventTarget {
  state = 'new';
  self = null;
  room = null;
  participants = new Map();
  knocking = new Map();
  tracks = new Map();
  iceServers = [];
  said = []; // every request, for tests

  constructor(options, house) {
    super();
    this.options = { ...options };
    this.house = house;
  }

  async join() {
    this.house.enter(this);
    await new Promise((done) => this.addEventListener('joined', done, { once: true }));
  }

  send(type, members = {}) {
    this.said.push({ type, ...members });
    setTimeout(() => this.house.hear(this, structuredClone(JSON.parse(JSON.stringify({ type, ...members }))), null), LATENCY);
  }

  request(type, members = {}) {
    this.said.push({ type, ...members });
    return new Promise((resolve, reject) => {
      const answer = (message, code) => setTimeout(() => (code ? reject(new ParleyError(code)) : resolve(message)), LATENCY);
      const copy = JSON.parse(JSON.stringify({ type, ...members }));
      setTimeout(() => this.house.hear(this, copy, answer), LATENCY);
    });
  }

  async update(changes) {
    Object.assign(this.options, changes);
    if (this.state !== 'joined') return;
    const { topology, ...seen } = changes;
    Object.assign(this.self, seen);
    await this.request('update', changes);
  }

  mute(participant, kind, track) {
    return this.request('mute', track ? { participant, track } : { participant, kind });
  }

  lock(locked) {
    return this.request('configure', { locked });
  }

  leave() {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.house.leave(this);
    this.dispatchEvent(new CustomEvent('closed', { detail: { error: null } }));
  }

  /** The server tells something. */
  tell(message) {
    const copy = JSON.parse(JSON.stringify(message));
    setTimeout(() => {
      if (this.state === 'closed') return;
      if (copy.type === 'joined') {
        Object.assign(this, { state: 'joined', self: copy.self, room: copy.room });
        this.participants = new Map(copy.participants.map((one) => [one.id, one]));
        this.tracks = new Map(copy.tracks.map((one) => [one.id, one]));
      } else {
        keep(this, copy);
      }
      this.dispatchEvent(new CustomEvent(copy.type, { detail: copy }));
    }, LATENCY);
  }
}

/** The server: who is in, how media travels. */
export class FakeHouse {
  sessions = new Map();
  tracks = new Map(); // id → {info, media}
  ends = new Map();
  mode = 'mesh';
  refusals = []; // codes with which the next offers are refused
  room = { name: 'fake', title: 'Weekly round', topology: 'auto', lobby: false, locked: false, access: 'open' };

  session(options) {
    return new FakeSession(options, this);
  }

  enter(session) {
    const { name, audio = false, video = false, ...more } = session.options;
    const id = `p${String(++ids).padStart(3, '0')}`;
    const self = { id, identity: name, name, moderator: false, guest: true, audio, video, screen: false, hand: false,
      metadata: null, joinedAt: new Date(Date.now() + ids).toISOString(), connected: true, kind: 'person', ...more };
    session.id = id;
    session.view = self;
    const participants = [...this.sessions.values()].map((one) => one.view);
    this.sessions.set(id, session);
    session.tell({ type: 'joined', self, room: { ...this.room, effectiveTopology: this.mode }, participants,
      tracks: [...this.tracks.values()].map(({ info }) => info) });
    this.all({ type: 'participant-joined', participant: self }, session);
  }

  leave(session) {
    this.sessions.delete(session.id);
    this.close(session, 'left');
    this.all({ type: 'participant-left', participant: session.id, reason: 'left' });
  }

  all(message, except) {
    for (const one of this.sessions.values()) if (one !== except) one.tell(message);
  }

  /** Has media travel another way from now on. */
  turn(mode) {
    this.mode = mode;
    this.all({ type: 'topology', mode });
    clearTimeout(this.retiring);
    if (mode === 'mesh') {
      this.retiring = setTimeout(() => {
        for (const one of this.sessions.values()) this.close(one, 'topology');
      }, 10000);
    }
  }

  hear(session, message, answer) {
    const { type, to } = message;
    if (to === 'sfu') return this.media(session, message, answer);
    switch (type) {
      case 'offer':
      case 'answer':
      case 'candidate':
        return this.sessions.get(to)?.tell({ ...message, from: session.id });
      case 'update': {
        const { topology, ...seen } = message;
        delete seen.type;
        if (topology) {
          session.needsServer = topology === 'sfu';
          this.turn([...this.sessions.values()].some((one) => one.needsServer) ? 'sfu' : 'mesh');
        }
        Object.assign(session.view, seen);
        this.all({ type: 'participant-changed', participant: session.view }, session);
        break;
      }
      case 'configure':
        Object.assign(this.room, message);
        this.all({ type: 'room', room: { ...this.room, effectiveTopology: this.mode } });
        break;
      case 'mute': {
        const track = this.tracks.get(message.track);
        if (!track) return answer(null, 'track-not-found');
        track.info.muted = message.muted ?? true;
        this.all({ type: 'track-changed', track: track.info });
        if (message.participant) {
          this.sessions.get(message.participant)
            .tell({ type: 'mute', from: session.id, kind: track.info.kind, track: track.info.id });
        }
        for (const end of this.ends.values()) end.sync();
        break;
      }
      case 'close':
        if (!this.ends.has(session.id)) return answer(null, 'media-closed');
        answer({ type: 'ok' });
        return this.close(session, 'left');
    }
    return answer?.({ type: 'ok' });
  }

  media(session, { type, number, sdp, tracks }, answer) {
    if (type === 'candidate') return;
    if (type === 'offer') {
      const code = this.refusals.shift() ?? (!this.ends.has(session.id) && this.mode !== 'sfu' ? 'sfu-unavailable' : null);
      if (code) return answer(null, code);
      if (!this.ends.has(session.id)) this.ends.set(session.id, new End(this, session));
      this.ends.get(session.id).offered(number, sdp, tracks ?? {}, answer);
    } else {
      this.ends.get(session.id)?.answered(number, sdp);
    }
  }

  close(session, reason) {
    const end = this.ends.get(session.id);
    if (!end) return;
    this.ends.delete(session.id);
    end.close();
    for (const [id, { info }] of this.tracks) if (info.participant === session.id) this.unpublish(id);
    session.tell({ type: 'media', state: 'closed', reason });
  }

  publish(info, media) {
    this.tracks.set(info.id, { info, media });
    this.all({ type: 'track-published', track: info });
    for (const end of this.ends.values()) end.sync();
  }

  unpublish(id) {
    const { info } = this.tracks.get(id);
    this.tracks.delete(id);
    this.all({ type: 'track-unpublished', participant: info.participant, track: id });
    for (const end of this.ends.values()) end.sync();
  }
}

/** The server's end of one connection. */
class End {
  connection = new RTCPeerConnection();
  number = 0;
  pending = 0;
  outgoing = new Map(); // track id → transceiver
  published = new Map(); // mid → track id
  chain = Promise.resolve();

  constructor(house, session) {
    this.house = house;
    this.session = session;
    this.connection.onconnectionstatechange = () =>
      this.connection.connectionState === 'connected' && session.tell({ type: 'media', state: 'connected' });
  }

  then(step) {
    this.chain = this.chain.then(step).catch((error) => console.warn('fake server:', error));
  }

  offered(number, sdp, tracks, answer) {
    this.then(async () => {
      const { connection } = this;
      this.pending = 0; // the server gives way
      await connection.setRemoteDescription({ type: 'offer', sdp });
      await connection.setLocalDescription();
      await this.gathered();
      answer({ type: 'answer', from: 'sfu', number, sdp: this.named() });
      for (const transceiver of connection.getTransceivers()) {
        const { mid, currentDirection, receiver } = transceiver;
        const known = this.published.get(mid);
        const receives = currentDirection === 'recvonly';
        if (receives && tracks[mid] && !known) {
          const id = `t${++ids}`;
          const { source, muted = false } = tracks[mid];
          this.published.set(mid, id);
          this.house.publish({ id, participant: this.session.id, kind: receiver.track.kind, source, muted,
            codec: 'VP8', layers: [] }, receiver.track);
        } else if (known && !receives) {
          this.published.delete(mid);
          this.house.unpublish(known);
        }
      }
      this.sync();
    });
  }

  answered(number, sdp) {
    this.then(async () => {
      if (number !== this.pending) return;
      this.pending = 0;
      await this.connection.setRemoteDescription({ type: 'answer', sdp });
      for (const [track, { mid }] of this.outgoing) this.session.tell({ type: 'track-subscribed', track, mid });
      this.sync();
    });
  }

  /** Offers what there is now, where that is not what was described last. */
  sync() {
    this.then(async () => {
      const { connection } = this;
      if (connection.signalingState !== 'stable') return; // after the answer
      let changed = false;
      for (const [id, transceiver] of this.outgoing) {
        if (this.house.tracks.has(id)) continue;
        this.outgoing.delete(id);
        await transceiver.sender.replaceTrack(null);
        transceiver.direction = 'inactive';
        changed = true;
      }
      for (const [id, { info, media }] of this.house.tracks) {
        if (info.participant === this.session.id) continue;
        let transceiver = this.outgoing.get(id);
        if (!transceiver) {
          const used = [...this.outgoing.values()];
          transceiver = connection.getTransceivers().find((one) => one.direction === 'inactive' && one.ours === info.kind
            && !used.includes(one));
          if (transceiver) transceiver.direction = 'sendonly';
          else transceiver = connection.addTransceiver(info.kind, { direction: 'sendonly' });
          transceiver.ours = info.kind;
          this.outgoing.set(id, transceiver);
          changed = true;
        }
        await transceiver.sender.replaceTrack(info.muted ? null : media);
      }
      if (!changed) return;
      await connection.setLocalDescription();
      await this.gathered();
      if (connection.signalingState !== 'have-local-offer') return;
      this.pending = ++this.number;
      this.session.tell({ type: 'offer', from: 'sfu', number: this.pending, sdp: this.named() });
    });
  }

  async gathered() {
    while (this.connection.iceGatheringState !== 'complete') await new Promise((done) => setTimeout(done, 5));
  }

  /** The local description with the ids of participants and tracks in it. */
  named() {
    return this.connection.localDescription.sdp.split(/^(?=m=)/m).map((section) => {
      const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
      const [id] = [...this.outgoing].find(([, transceiver]) => transceiver.mid === mid) ?? [];
      const info = this.house.tracks.get(id)?.info;
      const bare = section.replace(/^a=(msid|ssrc:\d+ msid):.*\r\n/gm, '');
      return info ? bare.replace(/^(a=mid:.*\r\n)/m, `$1a=msid:${info.participant} ${id}\r\n`) : bare;
    }).join('');
  }

  close() {
    this.connection.close();
  }
}
