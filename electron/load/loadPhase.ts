/** The phases of a load. Each is announced once, in this order. */
export const loadPhases = ['warming-up', 'running', 'draining'] as const;
export type LoadPhase = (typeof loadPhases)[number];
