import { z } from 'zod';

/**
 * What takes a pass away although every invariant held: `not-its-own`, it could be somebody else's doing that one of them became true;
 * `refusal`, something was only tried, and nothing shows that nothing came of it. `others-too` takes nothing away: it says of an invariant
 * that was broken that it asks about everybody, and that others were at work.
 */
export const doubtSchema = z.object({ kind: z.enum(['not-its-own', 'refusal', 'others-too']), about: z.string(), says: z.string() });
export type Doubt = z.infer<typeof doubtSchema>;
