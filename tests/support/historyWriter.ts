/* Writes runs into a history and packs them until it has written so many, and prints the id of each when it is saved. */

import { encodeHdr } from '../../electron/hdr/hdrCodec';
import { openHistory } from '../../electron/history/openHistory';
import { RunPersister } from '../../electron/run/runPersister';
import { description, histogramOfMs, runDocument, runInterval } from './factories';

const [folder = '', name = '', countText = '0'] = process.argv.slice(2);
const history = openHistory(folder);
for (let index = 0; index < Number(countText); index += 1) {
  const id = `${name}-${index}`;
  const keeper = new RunPersister(history, id, () => {});
  await keeper.begin(description({ id }), () => true);
  for (let t = 1; t <= 3; t += 1) {
    keeper.append({
      interval: runInterval({ t, count: 3 }),
      response: new Map([['read', histogramOfMs(1, 2, 3)]]),
      service: histogramOfMs(1),
      lateness: histogramOfMs(),
      stages: new Map(),
      phases: new Map(),
      serverTiming: new Map(),
      parts: new Map(),
    });
  }
  const http_req_duration = encodeHdr(histogramOfMs(1, 2, 3));
  const empty = encodeHdr(histogramOfMs());
  const saved = await keeper.finish(
    runDocument({
      id,
      verdict: 'passed',
      histograms: { http_req_duration, http_req_service: empty, send_lateness: empty },
    }),
  );
  if (saved) process.stdout.write(`${id}\n`);
  history.packing.pack(id);
}
history.close();
