import { z } from 'zod';

export interface Configuration {
  readonly adresse: string;
  readonly port: number;
  readonly emetteur: string;
  readonly audience: string;
  readonly dossier: string;
}

const VARIABLES = z.object({
  NODE_ENV: z
    .enum(['development', 'test'], 'valeur attendue : development ou test, jamais production')
    .default('development'),
  ADRESSE: z.string().min(1, 'adresse attendue, par exemple 127.0.0.1').default('127.0.0.1'),
  PORT_OIDC: z.coerce
    .number('nombre attendu')
    .int('entier attendu')
    .min(1, 'port de 1 à 65535')
    .max(65535, 'port de 1 à 65535')
    .default(4002),
  OIDC_EMETTEUR: z.url('adresse attendue, par exemple http://127.0.0.1:4002').optional(),
  OIDC_AUDIENCE: z
    .string('valeur attendue : la même que celle du gateway')
    .min(1, 'valeur attendue : la même que celle du gateway'),
  OIDC_DOSSIER: z.string('dossier attendu, pour garder les clés').min(1, 'dossier attendu, pour garder les clés'),
});

/** What the process is told by its environment. @throws Error with one French line for each wrong variable. */
export function lireConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const lue = VARIABLES.safeParse(env);
  if (!lue.success)
    throw new Error(lue.error.issues.map(({ path, message }) => `${path.join('.')} : ${message}`).join('\n'));
  const { ADRESSE: adresse, PORT_OIDC: port, OIDC_EMETTEUR, OIDC_AUDIENCE: audience, OIDC_DOSSIER: dossier } = lue.data;
  return { adresse, port, audience, dossier, emetteur: OIDC_EMETTEUR ?? `http://${adresse}:${port}` };
}
