/* A conformance process that opens an engine with the fault that the environment names. */
import { serveConformance } from '../../electron/service/conformance/serveConformance';
import { brokenEngine } from './brokenEngines';

const { open } = brokenEngine(process.env.PROOFLOAD_TEST_FAULT ?? '');

serveConformance((_config, place) => open({ url: undefined, ...place }));
