/** Whether keys are written as on a Mac. */
export const isMac = navigator.userAgent.includes('Mac OS');
