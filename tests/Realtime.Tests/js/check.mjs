// Drives the hub with the official JavaScript client. Says on standard output what it is ready for; the test publishes and answers on standard input.
import { strict as assert } from "node:assert";
import { createInterface } from "node:readline";
import { HubConnectionBuilder, HttpTransportType, JsonHubProtocol, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const [url, channel, protocol] = process.argv.slice(2);
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const tell = async (line) => {
  console.log(line);
  await answers.next();
};

const connect = async () => {
  const connection = new HubConnectionBuilder()
    .withUrl(url, { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .withHubProtocol(protocol === "messagepack" ? new MessagePackHubProtocol() : new JsonHubProtocol())
    .configureLogging(LogLevel.Error)
    .build();
  const seen = [];
  let wake = () => {};
  connection.on("Event", (message) => {
    seen.push(message);
    wake();
  });
  await connection.start();
  const until = async (count) => {
    while (seen.length < count) {
      await new Promise((resolve) => (wake = resolve));
    }
    return seen;
  };
  return { connection, until };
};

const check = (messages, from, numbers) => {
  assert.deepEqual(messages.map((message) => message.data.n), numbers);
  assert.deepEqual(messages.map((message) => message.sequence), numbers.map((_, index) => from + 1 + index));
  for (const message of messages) {
    assert.deepEqual(Object.keys(message).sort(), ["channel", "data", "sequence", "timestamp", "type"]);
    assert.equal(message.channel, channel);
    assert.equal(message.timestamp, "2026-05-01T12:00:00.000Z");
  }
};

const first = await connect();
const { sequence } = await first.connection.invoke("Subscribe", channel);
await tell("subscribed");
check(await first.until(3), sequence, [1, 2, 3]);
await first.connection.stop();
await tell("left");

const second = await connect();
await second.connection.invoke("Subscribe", channel, sequence + 3);
check(await second.until(2), sequence + 3, [4, 5]);

const streamed = [];
await new Promise((resolve, reject) => {
  const subscription = second.connection.stream("Feed", channel, sequence).subscribe({
    next: (message) => {
      streamed.push(message);
      if (streamed.length === 5) {
        subscription.dispose();
        resolve();
      }
    },
    error: reject,
    complete: () => {},
  });
});
check(streamed, sequence, [1, 2, 3, 4, 5]);

await assert.rejects(second.connection.invoke("Subscribe", "nonsense"), (error) => {
  const body = JSON.parse(error.message);
  return body.code === "validation_error" && typeof body.details.channel === "string";
});
await second.connection.stop();
await tell("done");
process.exit(0);
