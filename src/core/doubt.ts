import { z } from 'zod';

/**
 * What takes a pass away although every invariant held: `not-its-own`, it could be somebody else's doing that one of them became true;
 * `refusal`, something was only tried, and nothing shows that nothing came of it.
 */
export const doubtSchema = z.object({ kind: z.enum(['not-its-own', 'refusal']), about: z.string(), says: z.string() });
export type Doubt = z.infer<typeof doubtSchema>;
