/** Whether keys are printed as on a Mac. */
export const isMac = navigator.userAgent.includes('Mac OS');
