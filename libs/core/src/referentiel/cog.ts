import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

/** A commune as the official geographic code (COG) has it on 1 January of the vintage. */
export interface CommuneCog {
  code: string;
  nom: string;
  /** Its EPCI with own taxation; null for the few communes that belong to none. */
  epciSiren: string | null;
}

export interface EpciCog {
  siren: string;
  nom: string;
}

export interface Cog {
  /** Year of the COG: the facts are those of 1 January. */
  millesime: number;
  communes: readonly CommuneCog[];
  /** Only the EPCI that have at least one commune in the département asked for. */
  epci: readonly EpciCog[];
}

/** The package does not say its vintage in its data: its README gives this table. */
const MILLESIMES: Readonly<Record<string, number>> = { '5.3.0': 2025, '6.0.0': 2026 };

const PAQUET = '@etalab/decoupage-administratif';

const commune = z.object({ code: z.string().length(5), nom: z.string().min(1) });
const epci = z.object({
  code: z.string().length(9),
  nom: z.string().min(1),
  membres: z.array(z.object({ code: z.string() })),
});

/**
 * Reads the communes of a département and their EPCI from the COG that comes with the house (Etalab's package: INSEE's
 * COG and the DGCL's list of EPCI, Licence Ouverte). Associated and delegated communes are left out: they are no longer
 * communes of their own. Reads 13 MB of JSON (about 0.2 s): for start-up, not for a request.
 * @param departement INSEE code: `62`, `2A`
 * @throws Error with one French line when the package's vintage is unknown or the département has no commune
 */
export function lireCog(departement: string): Cog {
  const { version } = lireDonnee('package.json', z.object({ version: z.string() }));
  const millesime = MILLESIMES[version];
  if (millesime === undefined) {
    throw new Error(`Le millésime du paquet ${PAQUET} ${version} est inconnu : ajoutez-le à referentiel/cog.ts.`);
  }

  const brutes = lireDonnee('data/communes.json', z.array(z.unknown()));
  const retenues = brutes.filter((brute) => estActuelle(brute, departement));
  if (retenues.length === 0) {
    throw new Error(
      `Le code officiel géographique ${millesime} ne connaît aucune commune du département ${departement}.`,
    );
  }

  const intercommunalites = lireDonnee('data/epci.json', z.array(epci));
  const epciParCommune = new Map(intercommunalites.flatMap((e) => e.membres.map((m) => [m.code, e] as const)));
  const communes = retenues.map((brute) => {
    const { code, nom } = commune.parse(brute);
    return { code, nom, epciSiren: epciParCommune.get(code)?.code ?? null };
  });

  const sirens = new Set(communes.map((c) => c.epciSiren));
  return {
    millesime,
    communes,
    epci: intercommunalites.filter((e) => sirens.has(e.code)).map((e) => ({ siren: e.code, nom: e.nom })),
  };
}

/** Judged without a schema: there are 38 000 of them, and those of the département are checked next. */
function estActuelle(brute: unknown, departement: string): boolean {
  const { type, departement: sien } = brute as { type?: unknown; departement?: unknown };
  return type === 'commune-actuelle' && sien === departement;
}

function lireDonnee<T>(chemin: string, forme: z.ZodType<T>): T {
  const fichier = createRequire(import.meta.url).resolve(`${PAQUET}/${chemin}`);
  return forme.parse(JSON.parse(readFileSync(fichier, 'utf8')));
}
