const find = (reports, type, kind) => reports.filter((one) => one.type === type && (!kind || one.kind === kind));
const sum = (list, member) => list.reduce((total, one) => total + (one[member] ?? 0), 0);

/**
 * What a call sends and receives, one entry per other participant, from `RTCPeerConnection.getStats`.
 *
 * @param {Call|MeshCall|SfuCall} call of a {@link Call}: each participant by the way it comes now
 * @returns {Promise<Array<{id: string, state: string, framesDecoded: number, framesSent: number,
 *     audioPackets: number, audioSamples: number, audioEnergy: number, packetsLost: number,
 *     roundTripTime: ?number, local: ?string, remote: ?string, protocol: ?string, way: string}>>} counts
 *     since the connection began, times in seconds; `local` and `remote` are the candidate types in use;
 *     `framesSent` through the server are those sent to it
 */
export async function statistics(call) {
  if (call.mesh) {
    const [mesh, sfu] = [await statistics(call.mesh), await statistics(call.sfu)];
    const ids = [...new Set([...mesh, ...sfu].map(({ id }) => id))];
    return ids.map((id) => {
      const of = (list) => list.find((one) => one.id === id);
      return (call.way(id) === 'sfu' ? of(sfu) : of(mesh)) ?? of(mesh) ?? of(sfu);
    });
  }
  if (call.peers) {
    return Promise.all([...call.peers].map(async ([id, { connection }]) => {
      const reports = [...(await connection.getStats()).values()];
      return { ...entry(id, connection, reports, find(reports, 'inbound-rtp')), way: 'mesh' };
    }));
  }
  if (!call.connection) return [];
  const { connection, received } = call;
  const reports = [...(await connection.getStats()).values()];
  return [...received].map(([id, tracks]) => {
    const names = [...tracks.values()].map((track) => track.id);
    const inbound = find(reports, 'inbound-rtp').filter((one) => names.includes(one.trackIdentifier));
    return { ...entry(id, connection, reports, inbound), way: 'sfu' };
  });
}

function entry(id, connection, reports, inbound) {
  const byId = (key) => reports.find((one) => one.id === key);
  const [video, audio] = [find(inbound, 'inbound-rtp', 'video'), find(inbound, 'inbound-rtp', 'audio')];
  const transport = find(reports, 'transport')[0];
  const pair =
    byId(transport?.selectedCandidatePairId) ??
    find(reports, 'candidate-pair').find((one) => one.nominated && one.state === 'succeeded');
  const local = byId(pair?.localCandidateId);
  return {
    id,
    state: connection.connectionState,
    framesDecoded: sum(video, 'framesDecoded'),
    framesSent: sum(find(reports, 'outbound-rtp', 'video'), 'framesSent'),
    audioPackets: sum(audio, 'packetsReceived'),
    audioSamples: sum(audio, 'totalSamplesReceived'),
    audioEnergy: sum(audio, 'totalAudioEnergy'),
    packetsLost: sum(video, 'packetsLost') + sum(audio, 'packetsLost'),
    roundTripTime: pair?.currentRoundTripTime ?? null,
    local: local?.candidateType ?? null,
    remote: byId(pair?.remoteCandidateId)?.candidateType ?? null,
    protocol: local?.protocol ?? null,
  };
}
