import { z } from 'zod';

export const themes = ['system', 'dark', 'light'] as const;
export const themeSchema = z.enum(themes);
export type Theme = z.infer<typeof themeSchema>;

/** What the user has chosen for all windows. */
export const preferencesSchema = z.object({ theme: themeSchema });
export type Preferences = z.infer<typeof preferencesSchema>;
