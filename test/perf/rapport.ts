import type { Mesure } from './mesure.js';
import type { NomServeur } from './options.js';
import { LIBELLES, type NomRequete } from './requetes.js';
import { etendueRelative, mediane } from './statistiques.js';

type Grandeur = 'requetesParSeconde' | 'p50' | 'p99' | 'nodeMs' | 'pgMs' | 'rssMio' | 'demarrageMs';

const COLONNES =
  '| serveur | req/s | étendue | p50 ms | p99 ms | node ms CPU/req | PostgreSQL ms CPU/req | RSS Mio | démarrage s | x limite | x PostGraphile |';

/** The medians of a run, one Markdown table a request, then the objectives of the house. */
export function rapport(mesures: readonly Mesure[]): string {
  const requetes = [...new Set(mesures.map(({ requete }) => requete))].sort();
  const objectifs = lignesObjectifs(mesures);
  return [
    ...requetes.map((requete) => tableau(mesures, requete)),
    ...(objectifs.length > 0 ? [['Objectifs', '', ...objectifs].join('\n')] : []),
  ].join('\n\n');
}

/** How much more PostgreSQL does for the same request on the larger data set. */
export function rapportDeCroissance(
  petites: readonly Mesure[],
  grandes: readonly Mesure[],
  { taille, croissance }: { readonly taille: number; readonly croissance: number },
): string {
  const couples = [...new Map(petites.map((m) => [`${m.requete} ${m.serveur}`, m])).values()];
  const lignes = couples.map(({ serveur, requete }) => {
    const [petit, grand] = [petites, grandes].map((mesures) => medianeDe(mesures, serveur, requete, 'pgMs'));
    const fois = quotient(grand, petit);
    const juge = serveur === 'sillage' && ['Q1', 'Q2'].includes(requete) && fois !== undefined;
    const objectif = juge ? ` ${fois <= CROISSANCE_MAX ? '✔' : '✘'} (au plus ${nombre(CROISSANCE_MAX, 2)})` : '';
    return `| ${requete} | ${serveur} | ${nombre(petit, 3)} | ${nombre(grand, 3)} | ${nombre(fois, 2)}${objectif} |`;
  });
  return [
    `PostgreSQL, ms CPU par requête, de ${taille} à ${croissance} jeunes :`,
    '',
    `| requête | serveur | ${taille} | ${croissance} | fois |`,
    '|---|---|---:|---:|---:|',
    ...lignes.sort(),
  ].join('\n');
}

const CROISSANCE_MAX = 1.3;

function tableau(mesures: readonly Mesure[], requete: NomRequete): string {
  const serveurs = [...new Set(mesures.filter((m) => m.requete === requete).map((m) => m.serveur))];
  const lignes = serveurs.map((serveur) => {
    const valeur = (grandeur: Grandeur): number | undefined => medianeDe(mesures, serveur, requete, grandeur);
    const debits = mesures
      .filter((m) => m.requete === requete && m.serveur === serveur)
      .map((m) => m.requetesParSeconde);
    const [etendue, demarrage] = [etendueRelative(debits), valeur('demarrageMs')];
    const rapportA = (autre: NomServeur): number | undefined =>
      rapportApparie(mesures, [serveur, requete], [autre, requete], 'requetesParSeconde');
    return [
      serveur,
      nombre(valeur('requetesParSeconde'), 0),
      `${nombre(etendue === undefined ? undefined : etendue * 100, 0)} %`,
      nombre(valeur('p50'), 1),
      nombre(valeur('p99'), 1),
      nombre(valeur('nodeMs'), 2),
      nombre(valeur('pgMs'), 2),
      nombre(valeur('rssMio'), 0),
      nombre(demarrage === undefined ? undefined : demarrage / 1000, 2),
      nombre(rapportA('limite'), 2),
      nombre(rapportA('postgraphile'), 2),
    ];
  });
  const echecs = mesures.filter((m) => m.requete === requete && m.echecs > 0);
  return [
    `${requete} : ${LIBELLES[requete]}`,
    '',
    COLONNES,
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...lignes.map((cellules) => `| ${cellules.join(' | ')} |`),
    ...echecs.map((m) => `\n${m.serveur}, répétition ${m.repetition} : ${m.echecs} réponse(s) en échec.`),
  ].join('\n');
}

interface Objectif {
  readonly libelle: string;
  readonly sens: 'au moins' | 'au plus';
  readonly seuil: number;
  readonly obtenu: number | undefined;
}

/** What the house promises, and what this run showed; a promise whose figures were not taken is not spoken of. */
function lignesObjectifs(mesures: readonly Mesure[]): string[] {
  const valeur = (serveur: NomServeur, requete: NomRequete, grandeur: Grandeur): number | undefined =>
    medianeDe(mesures, serveur, requete, grandeur);
  const fois = (a: Quoi, b: Quoi, grandeur: Grandeur): number | undefined => rapportApparie(mesures, a, b, grandeur);
  const objectifs: Objectif[] = [
    {
      libelle: 'Q1 : débit de Sillage / PostGraphile',
      sens: 'au moins',
      seuil: 2.4,
      obtenu: fois(['sillage', 'Q1'], ['postgraphile', 'Q1'], 'requetesParSeconde'),
    },
    {
      libelle: 'Q1 : débit de Sillage / limite',
      sens: 'au moins',
      seuil: 0.95,
      obtenu: fois(['sillage', 'Q1'], ['limite', 'Q1'], 'requetesParSeconde'),
    },
    {
      libelle: 'Q1 : ms CPU de node par requête',
      sens: 'au plus',
      seuil: 0.6,
      obtenu: valeur('sillage', 'Q1', 'nodeMs'),
    },
    {
      libelle: 'Q1 : p99 de Sillage / PostGraphile',
      sens: 'au plus',
      seuil: 0.5,
      obtenu: fois(['sillage', 'Q1'], ['postgraphile', 'Q1'], 'p99'),
    },
    {
      libelle: 'Q2 : débit de Sillage / PostGraphile',
      sens: 'au moins',
      seuil: 3.5,
      obtenu: fois(['sillage', 'Q2'], ['postgraphile', 'Q2'], 'requetesParSeconde'),
    },
    {
      libelle: 'Q5 : temps d’une requête de mission locale / celui de Q1',
      sens: 'au plus',
      seuil: 1.2,
      obtenu: fois(['sillage', 'Q1'], ['sillage', 'Q5'], 'requetesParSeconde'),
    },
  ];
  return objectifs.flatMap(({ libelle, sens, seuil, obtenu }) => {
    if (obtenu === undefined) return [];
    const tenu = sens === 'au moins' ? obtenu >= seuil : obtenu <= seuil;
    return [`- ${tenu ? '✔' : '✘'} ${libelle} : ${nombre(obtenu, 3)} (${sens} ${nombre(seuil, 2)})`];
  });
}

function medianeDe(
  mesures: readonly Mesure[],
  serveur: NomServeur,
  requete: NomRequete,
  grandeur: Grandeur,
): number | undefined {
  const valeurs = mesures
    .filter((m) => m.serveur === serveur && m.requete === requete)
    .map((m) => m[grandeur])
    .filter((valeur) => valeur !== undefined);
  return valeurs.length === 0 ? undefined : mediane(valeurs);
}

type Quoi = readonly [NomServeur, NomRequete];

/** The median of the ratios of each repetition: what was measured one after the other is compared, whatever drifts between repetitions. */
function rapportApparie(mesures: readonly Mesure[], a: Quoi, b: Quoi, grandeur: Grandeur): number | undefined {
  const parRepetition = ([serveur, requete]: Quoi): Map<number, number | undefined> =>
    new Map(
      mesures.filter((m) => m.serveur === serveur && m.requete === requete).map((m) => [m.repetition, m[grandeur]]),
    );
  const autres = parRepetition(b);
  const rapports = [...parRepetition(a)]
    .map(([repetition, valeur]) => quotient(valeur, autres.get(repetition)))
    .filter((rapport) => rapport !== undefined);
  return rapports.length === 0 ? undefined : mediane(rapports);
}

function quotient(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined || b === 0 ? undefined : a / b;
}

function nombre(valeur: number | undefined, decimales: number): string {
  return valeur === undefined ? '–' : valeur.toFixed(decimales).replace('.', ',');
}
