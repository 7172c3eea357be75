/** Storage that can be full. What does not fit exists only in the window until it is saved. */
export const boundedStorage = {
  getItem: (name: string): string | null => localStorage.getItem(name),
  removeItem: (name: string): void => localStorage.removeItem(name),
  setItem: (name: string, value: string): void => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // The previously stored value stays.
    }
  },
};
