/**
 * The client library of Parley: everything a page needs for a call, as plain ES modules.
 *
 * A whole call in ten lines:
 *
 *     import { Session, MeshCall, LocalMedia } from 'https://parley.example/parley.js';
 *
 *     const media = new LocalMedia();
 *     const session = new Session({ room: 'demo', name: 'Ada', token }); // no token: an open room
 *     const call = new MeshCall(session, media);
 *     call.addEventListener('stream', ({ detail: { stream } }) => {
 *       const video = Object.assign(document.createElement('video'), { autoplay: true, srcObject: stream });
 *       document.body.append(video);
 *     });
 *     await media.open({ audio: true, video: true });
 *     await session.join();
 *
 * `Session` speaks the protocol of signaling.md and survives a lost socket, `MeshCall` keeps one
 * RTCPeerConnection to every other participant, `LocalMedia` owns camera, microphone and screen.
 * Each works without the others.
 *
 * @module parley
 */
export { ParleyError } from './parley/error.js';
export { Session } from './parley/signaling.js';
export { MeshCall } from './parley/mesh.js';
export { LocalMedia } from './parley/media.js';
export { statistics } from './parley/statistics.js';
