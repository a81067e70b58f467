/**
 * The client library of Parley: everything a page needs for a call, as plain ES modules.
 *
 * A whole call in ten lines:
 *
 *     import { Session, Call, LocalMedia } from 'https://parley.example/parley.js';
 *
 *     const media = new LocalMedia();
 *     const session = new Session({ room: 'demo', name: 'Ada', token }); // no token: an open room
 *     const call = new Call(session, media);
 *     call.addEventListener('stream', ({ detail: { id, stream } }) => {
 *       const video = document.getElementById(id) ?? document.createElement('video');
 *       if (!video.srcObject) document.body.append(Object.assign(video, { id, autoplay: true, srcObject: stream }));
 *     });
 *     call.addEventListener('gone', ({ detail: { id } }) => document.getElementById(id)?.remove());
 *     await media.open({ audio: true, video: true });
 *     await session.join();
 *
 * `session.sendData('hello', { topic: 'chat' })` says something to the applications of the others, who hear
 * it as the event `data`.
 *
 * `Session` speaks the protocol of signaling.md and survives a lost socket. `Call` carries media the
 * way the server says, and is made of two that work alone: `MeshCall` keeps one RTCPeerConnection to
 * every other participant, `SfuCall` one to the server. `LocalMedia` owns camera, microphone and
 * screen. Each works without the others.
 *
 * @module parley
 */
export { ParleyError } from './parley/error.js';
export { Session } from './parley/signaling.js';
export { Call } from './parley/call.js';
export { MeshCall } from './parley/mesh.js';
export { SfuCall } from './parley/sfu.js';
export { FrameEncryption } from './parley/encryption.js';
export { LocalMedia } from './parley/media.js';
export { statistics } from './parley/statistics.js';
