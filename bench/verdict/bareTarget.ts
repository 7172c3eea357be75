/* The target process without its measuring of parts: what that costs is the difference. */
import { LoopWatch } from '../../electron/target/loopWatch';
import { LoopUse, ServerTiming, untimed } from '../../electron/target/serverTiming';
import { serveTarget } from '../../electron/target/serveTarget';

LoopWatch.prototype.begin = () => 0;
LoopUse.prototype.add = () => {};
Object.assign(ServerTiming.prototype, untimed, { header: () => '' });

serveTarget();
