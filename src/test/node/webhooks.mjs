// Reads webhooks with livekit-server-sdk as any application would, and says on one line of JSON what each told, or
// why it was refused. Arguments: key, secret, file with a JSON array of { body, authorization }.
import { readFileSync } from 'node:fs';
import { WebhookReceiver } from 'livekit-server-sdk';

const [key, secret, file] = process.argv.slice(2);
const receiver = new WebhookReceiver(key, secret);

/** @param {{ body: string, authorization: string }} came */
const read = async ({ body, authorization }) => {
  try {
    const { id, event, room, participant } = await receiver.receive(body, authorization);
    return [id, event, room.name, participant?.identity ?? ''].join(' ');
  } catch (error) {
    return `refused: ${error.message}`;
  }
};

const told = [];
for (const each of JSON.parse(readFileSync(file, 'utf8'))) {
  told.push(await read(each));
}
console.log(JSON.stringify(told));
