/** How Artillery's own report differs from Proofload's. A run that Artillery drives does not read that report. */
export const artilleryReport = {
  responseTime: 'The response time of Artillery ends with the first byte of the response and begins with the send.',
  checks:
    'Checks are expectations of the whole report, and not counted by their names; one that fails is an error of its user.',
} as const;
