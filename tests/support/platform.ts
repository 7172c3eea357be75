/**
 * Whether this system has signals that a program can handle, process groups, and scripts whose first line names their
 * interpreter. Windows has none of them.
 */
export const isPosix = process.platform !== 'win32';
