// Administers a room with livekit-server-sdk as any application would, and says on one line of JSON what it was
// answered. Arguments: address of the server, key, secret, room, what to do; more as that says.
import { DataPacket_Kind, RoomServiceClient, TrackType } from 'livekit-server-sdk';

const [host, key, secret, room, deed, ...rest] = process.argv.slice(2);
// The first call of a server that has just come up, beside all that a build runs.
const client = new RoomServiceClient(host, key, secret, { requestTimeout: 60 });

/** What a call that is to be refused was refused with. */
const refusal = async (call) => {
  try {
    await call;
    return 'not refused';
  } catch (error) {
    return `${error.status} ${error.code}`;
  }
};

const deeds = {
  async create() {
    const made = await client.createRoom({
      name: room, emptyTimeout: 60, departureTimeout: 5, maxParticipants: 7, metadata: 'made',
    });
    return {
      sid: made.sid, emptyTimeout: made.emptyTimeout, departureTimeout: made.departureTimeout,
      maxParticipants: made.maxParticipants, metadata: made.metadata,
    };
  },

  /** @param {string} watcher identity of one who receives @param {string} encoder of one who publishes */
  async rule(watcher, encoder) {
    const [listed] = await client.listRooms([room]);
    const all = await client.listParticipants(room);
    const video = (await client.getParticipant(room, encoder)).tracks.find((track) => track.type === TrackType.VIDEO);
    const updated = await client.updateParticipant(room, watcher, {
      name: 'New Name', metadata: 'fresh', attributes: { colour: 'blue' },
      permission: { canPublish: false, canSubscribe: true, canPublishData: true },
    });
    await client.updateSubscriptions(room, watcher, [video.sid], false);
    const muted = await client.mutePublishedTrack(room, encoder, video.sid, true);
    await client.sendData(room, new TextEncoder().encode('hello'), DataPacket_Kind.RELIABLE, {
      topic: 'greeting', destinationIdentities: [watcher],
    });
    const described = await client.updateRoomMetadata(room, 'described');
    return {
      participants: listed.numParticipants,
      publishers: listed.numPublishers,
      identities: all.map(({ identity }) => identity).sort(),
      name: updated.name,
      attributes: updated.attributes,
      canPublish: updated.permission.canPublish,
      muted: muted.muted,
      metadata: described.metadata,
      unmute: await refusal(client.mutePublishedTrack(room, encoder, video.sid, false)),
      nobody: await refusal(client.getParticipant(room, 'nobody')),
      badName: await refusal(client.createRoom({ name: 'no/room' })),
      badSecret: await refusal(new RoomServiceClient(host, key, `${secret}x`).listRooms()),
      move: await refusal(client.moveParticipant(room, watcher, 'elsewhere')),
    };
  },

  /** @param {string} encoder identity of one who publishes */
  async end(encoder) {
    await client.removeParticipant(room, encoder);
    const left = (await client.listParticipants(room)).map(({ identity }) => identity);
    await client.deleteRoom(room);
    return { left, rooms: (await client.listRooms([room])).length, again: await refusal(client.deleteRoom(room)) };
  },
};

console.log(JSON.stringify(await deeds[deed](...rest)));
