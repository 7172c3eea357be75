/** The duration of a quick run, which takes the place of that of its scenario. */
export const quickDuration = '30s';
