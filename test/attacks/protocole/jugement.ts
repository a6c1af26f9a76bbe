import { jest } from '@jest/globals';
import { CODES_ERREUR, CODES_PROTOCOLE } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import type { GatewayEssai } from '../../support/gateway-essai.js';

const DOCUMENTES = new Set([...Object.keys(CODES_PROTOCOLE), ...Object.keys(CODES_ERREUR)]);
/** What only the inside knows: stacks, files, SQL, names of tables. */
const DEDANS =
  /node_modules|\bat \S+ \(|\.[cm]?[jt]s:\d+|\b(select|insert into|update|delete from)\s+\S+\s+(from|where|set|values)\b|\b(sillage|referentiel|plugin_\w+)\.\w+|(relation|column|constraint) \\?"|near \\?"|QueryFailed|SQLSTATE|stacktrace/i;
const SUGGESTION = /Did you mean/i;

export interface Rendue {
  readonly statut: number;
  readonly texte: string;
}

/** What is wrong with an answer to an attack, in one line; undefined when nothing is. Only outside of production may it suggest names. */
export function faute({ statut, texte }: Rendue, { suggestions = false } = {}): string | undefined {
  if (statut >= 500) return `statut ${statut} : ${texte.slice(0, 300)}`;
  const dedans = DEDANS.exec(texte)?.[0];
  if (dedans !== undefined) return `la réponse dit « ${dedans} » : ${texte.slice(0, 300)}`;
  if (!suggestions && SUGGESTION.test(texte)) return `la réponse suggère : ${texte.slice(0, 300)}`;
  let lue: unknown;
  try {
    lue = JSON.parse(texte);
  } catch {
    return `la réponse n’est pas du JSON (${statut}) : ${texte.slice(0, 300)}`;
  }
  const inconnu = codesDe(lue).find((code) => !DOCUMENTES.has(code));
  if (inconnu !== undefined) return `code non documenté « ${inconnu} » (${statut}) : ${texte.slice(0, 300)}`;
  if (codesDe(lue).includes('ERREUR_INTERNE')) return `erreur interne : ${texte.slice(0, 300)}`;
  if (statut >= 400 && codesDe(lue).length === 0) return `refus sans code (${statut}) : ${texte.slice(0, 300)}`;
  return undefined;
}

/** The codes of a GraphQL answer; `undefined` written out where an error has none. */
export function codesDe(lue: unknown): string[] {
  const { errors } = { ...(lue as { errors?: readonly { extensions?: { code?: unknown } }[] }) };
  return (errors ?? []).map(({ extensions }) => String(extensions?.code));
}

export interface Compteur {
  /** Transactions and reads begun since the last call. */
  releve(): number;
}

/** Counts what a gateway begins in the database. What is remembered of tokens and habilitations asks for nothing. */
export function compterUnites(gateway: GatewayEssai): Compteur {
  const unites = gateway.app.get(UniteDeTravail, { strict: false });
  const espions = (['executer', 'lecture', 'lireTexte'] as const).map((nom) => jest.spyOn(unites, nom));
  return {
    releve() {
      const nombre = espions.reduce((somme, { mock }) => somme + mock.calls.length, 0);
      for (const espion of espions) espion.mockClear();
      return nombre;
    },
  };
}

/** As production runs, which refuses the issuer without TLS that a spec has. */
export const EN_PRODUCTION = {
  // One reading of the habilitations for the whole spec, whose clock stands still.
  env: { HABILITATIONS_TTL_SECONDES: '60', DELAI_REQUETE_SECONDES: '1' },
  changer: <C extends object>(configuration: C): C => ({
    ...configuration,
    environnement: 'production',
    production: true,
  }),
} as const;
