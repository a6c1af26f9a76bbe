import type { Champs } from './champ.js';
import { jsonSchema } from './champ.js';
import { defautsDeCouverture } from './couverture.js';
import type { Dispositif, FormeEcheance } from './dispositif.js';
import { defautsDeGrille, reglesDeGrille } from './grilles/index.js';
import { documenterDispositif } from './documentation.js';
import { variablesInconnues } from './notification.js';
import { type GenreParametre, periodeDe, type ValeurDatee } from './parametre.js';
import { piecesDe } from './pieces.js';
import { RegistreDispositifs } from './registre.js';

const ID_REGLE = /^(?:[A-Z]+(?:-[A-Z]+)?-[A-Z0-9]+)$/;
/** What a deadline may be counted by. */
const GENRES_D_ECHEANCE: Readonly<Record<FormeEcheance | 'DELAI', readonly GenreParametre[]>> = {
  DELAI: ['jours', 'mois'],
  DERNIER_JOUR: ['mois'],
  JOUR_DU_MOIS_SUIVANT: ['entier'],
  ANNIVERSAIRE: ['entier'],
};
const NOM = /^[a-z][a-zA-Z0-9]*$/;

/**
 * What every plugin must respect, checked on the declaration: an empty list means that it conforms. Each line says what is wrong and where.
 * @param reglesConnues ids of the catalogue that the plugin cites (docs/regles.md); omitted, only their form is checked.
 */
export function verifierConformite(d: Dispositif, reglesConnues?: ReadonlySet<string>): string[] {
  const defauts: string[] = [];
  const exiger = (condition: boolean, defaut: string): void =>
    void (condition || defauts.push(`${d.code} : ${defaut}`));

  exiger(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(d.code), 'le code s’écrit en minuscules, chiffres et traits d’union.');
  exiger(d.libelle.trim() !== '' && d.description.trim() !== '', 'le libellé et la description sont à renseigner.');
  exiger(d.textes.length > 0, 'aucun texte source n’est cité.');

  for (const [cle, parametre] of Object.entries(d.parametres)) {
    exiger(NOM.test(cle), `le paramètre ${cle} s’écrit en camelCase.`);
    exiger(parametre.valeurs.length > 0, `le paramètre ${cle} n’a aucune valeur.`);
    parametre.valeurs.forEach((v, i) => {
      exiger(
        !echoue(() => parametre.lire(v.valeur)),
        `le paramètre ${cle} a une valeur illisible : ${JSON.stringify(v.valeur)}.`,
      );
      const suivantes = parametre.valeurs.slice(i + 1);
      exiger(!suivantes.some((s) => seContredisent(v, s)), `le paramètre ${cle} a deux valeurs le même jour.`);
    });
  }

  const suivis = Object.entries(d.suivis ?? {});
  const champsDesSuivis = suivis.map(([, suivi]) => suivi.champs);
  const formulaires = [
    d.candidature.champs,
    d.convention.termes,
    d.bilan?.champs ?? {},
    d.eligibilite?.champs ?? {},
    ...champsDesSuivis,
  ];
  for (const nom of [...formulaires.flatMap(nomsDeChamps), ...suivis.map(([nom]) => nom)]) {
    exiger(NOM.test(nom), `le champ ${nom} s’écrit en camelCase.`);
  }
  exiger(d.parametres[d.convention.dureeMax]?.genre === 'mois', `convention.dureeMax doit citer un paramètre en mois.`);
  exiger(sansDoublon(d.versements.map((v) => v.tranche)), 'deux versements portent la même tranche.');
  exiger(
    d.bilan !== undefined || d.versements.every((v) => v.a !== 'BILAN_CONFIRME'),
    'un versement attend un bilan, que la déclaration n’a pas.',
  );
  exiger(
    d.enveloppe === undefined || d.parametres[d.enveloppe.montant]?.genre === 'montant',
    'enveloppe.montant doit citer un paramètre en euros.',
  );
  if (d.grille !== undefined) {
    for (const defaut of defautsDeGrille(d.grille)) exiger(false, defaut);
    for (const cle of [d.grille.penaliteMalus, d.grille.plafond]) {
      exiger(d.parametres[cle]?.genre === 'entier', `la grille doit citer un paramètre entier : ${cle}.`);
    }
    const { delaiObservations } = d.grille;
    exiger(
      d.parametres[delaiObservations]?.genre === 'jours',
      `la grille doit citer un paramètre en jours : ${delaiObservations}.`,
    );
  }
  exiger(d.candidature.porteurs?.natures.length !== 0, 'candidature.porteurs n’admet aucune nature de structure.');
  exiger(
    sansDoublon((d.candidature.comparaison ?? []).map((c) => c.code)),
    'deux critères de comparaison portent le même code.',
  );
  for (const nom of Object.values(d.candidature.notification ?? {}).flatMap(variablesInconnues)) {
    exiger(false, `la notification cite {${nom}}, qui n’est pas une variable.`);
  }
  const { plafondAnnuel } = d.convention;
  const { continuite } = d.candidature;
  const genres = (...cles: readonly (readonly [cle: string, genre: GenreParametre])[]): boolean =>
    cles.every(([cle, genre]) => d.parametres[cle]?.genre === genre);
  exiger(
    plafondAnnuel === undefined ||
      genres([plafondAnnuel.montant, 'montant'], [plafondAnnuel.annee, 'choix'], [plafondAnnuel.depuis, 'date']),
    'convention.plafondAnnuel doit citer des paramètres en euros, au choix et de date.',
  );
  exiger(
    continuite === undefined || genres([continuite.mois, 'mois'], [continuite.exercices, 'entier']),
    'candidature.continuite doit citer des paramètres en mois et en nombre entier.',
  );
  exiger(
    continuite === undefined ||
      (d.candidature.champs[continuite.suite]?.nature.genre === 'texte' &&
        !d.candidature.champs[continuite.suite]?.requis &&
        d.candidature.champs[continuite.titre]?.nature.genre === 'texte'),
    'candidature.continuite doit citer un texte facultatif, et le texte qui intitule l’action.',
  );
  for (const echeance of d.echeances ?? []) {
    const genre = d.parametres[echeance.dans]?.genre;
    exiger(
      genre !== undefined && GENRES_D_ECHEANCE[echeance.forme ?? 'DELAI'].includes(genre),
      `l’échéance ${echeance.code} doit citer un paramètre en jours ou en mois, ou un entier si sa forme le demande.`,
    );
  }
  defauts.push(...defautsDesPieces(d));
  for (const [nom, suivi] of suivis) {
    const genre = d.parametres[suivi.du]?.genre;
    exiger(
      genre === 'entier' || genre === 'jours' || genre === 'mois',
      `le suivi ${nom} est dû selon un paramètre en jours, en mois, ou un jour du mois.`,
    );
    exiger(
      suivi.avantBilan === undefined || d.parametres[suivi.avantBilan]?.genre === 'choix',
      `le suivi ${nom} : avantBilan doit citer un paramètre au choix.`,
    );
    exiger(!echoue(() => jsonSchema(suivi.champs)), `le schéma JSON du suivi ${nom} ne se fabrique pas.`);
  }
  for (const [nom, { bilan, suivi }] of Object.entries(d.quantites ?? {})) {
    exiger(
      d.bilan?.champs[bilan.lignes]?.nature.genre === 'lignes',
      `la quantité ${nom} doit citer un tableau du bilan.`,
    );
    exiger(
      suivi === undefined ||
        (d.parametres[suivi.source]?.genre === 'choix' &&
          d.suivis?.[suivi.nom]?.champs[suivi.champ]?.nature.genre === 'entier'),
      `la quantité ${nom} doit citer un paramètre au choix, et un nombre entier d’un suivi.`,
    );
  }
  exiger(
    d.age === undefined || [d.age.min, d.age.max].every((cle) => d.parametres[cle]?.genre === 'entier'),
    'age doit citer deux paramètres entiers.',
  );
  exiger(
    d.age?.borneHaute === undefined || d.parametres[d.age.borneHaute]?.genre === 'choix',
    'age doit citer, pour sa borne haute, un paramètre au choix.',
  );
  for (const regle of reglesCitees(d)) {
    exiger(ID_REGLE.test(regle), `« ${regle} » n’est pas un identifiant de règle.`);
    exiger(reglesConnues?.has(regle) ?? true, `la règle ${regle} n’est pas dans le catalogue.`);
  }

  for (const defaut of defautsDeCouverture(d, reglesCitees(d), reglesConnues)) exiger(false, defaut);

  exiger(!echoue(() => jsonSchema(d.candidature.champs)), 'le schéma JSON de la candidature ne se fabrique pas.');
  exiger(!echoue(() => jsonSchema(d.bilan?.champs ?? {})), 'le schéma JSON du bilan ne se fabrique pas.');
  exiger(!echoue(() => documenterDispositif(d)), 'la page de documentation ne s’écrit pas.');
  exiger(!echoue(() => new RegistreDispositifs([d])), 'la déclaration se contredit elle-même (noms en double).');
  return defauts;
}

/** Every rule id that the declaration cites, once. */
export function reglesCitees(d: Dispositif): string[] {
  const suivis = Object.values(d.suivis ?? {});
  const champs = [
    d.candidature.champs,
    d.convention.termes,
    d.bilan?.champs ?? {},
    d.eligibilite?.champs ?? {},
    ...suivis.map((suivi) => suivi.champs),
  ].flatMap(optionsDesChamps);
  return [
    ...new Set(
      [
        ...Object.values(d.parametres).flatMap((p) => [p.options.regle, p.options.interpretation]),
        ...champs.map((options) => options.regle),
        ...d.candidature.recevabilite.map((r) => r.regle),
        d.candidature.regleFenetre,
        d.candidature.regleTerritoires,
        d.candidature.porteurs?.regle,
        ...(d.candidature.comparaison ?? []).map((c) => c.regle),
        ...(d.appels ?? []).map((a) => a.regle),
        ...(d.convention.controles ?? []).map((c) => c.regle),
        d.convention.regles.duree,
        d.convention.regles.plafond,
        d.convention.plafondAnnuel?.regle,
        d.convention.pasAvantLeDepot,
        d.candidature.continuite?.regle,
        d.enveloppe?.regle,
        d.age?.regle,
        d.age?.interpretation,
        ...(d.eligibilite?.regles ?? []).map((r) => r.regle),
        d.bilan?.regle,
        ...(d.grille === undefined ? [] : reglesDeGrille(d.grille)),
        ...(d.bilan?.controles ?? []).map((c) => c.regle),
        ...piecesDe(d).map((p) => p.regle),
        ...suivis.flatMap((suivi) => [suivi.regle, ...(suivi.controles ?? []).map((c) => c.regle)]),
        ...Object.values(d.quantites ?? {}).map((quantite) => quantite.regle),
        ...d.versements.map((v) => v.regle),
        ...(d.echeances ?? []).map((e) => e.regle),
        ...(d.indicateurs ?? []).map((i) => i.regle),
        ...(d.droits ?? []).flatMap((droit) => droit.regles),
      ].filter((id) => id !== undefined),
    ),
  ];
}

function defautsDesPieces(dispositif: Dispositif): string[] {
  const { code, parametres, bilan } = dispositif;
  const pieces = piecesDe(dispositif);
  const dire = (piece: string, defaut: string): string => `${code} : la pièce ${piece} ${defaut}`;
  const doubles = pieces.filter((p, i) => pieces.slice(0, i).some((autre) => autre.code === p.code));
  return [
    ...doubles.map((p) => dire(p.code, 'est déclarée deux fois.')),
    ...pieces.flatMap((p) => [
      ...(/^[A-Z][A-Z0-9_]*$/.test(p.code) ? [] : [dire(p.code, 'a un code qui s’écrit en capitales.')]),
      ...(p.types.length > 0 ? [] : [dire(p.code, 'n’admet aucun type de fichier.')]),
      ...(parametres[p.tailleMax ?? 'tailleMaxPiece']?.genre === 'entier'
        ? []
        : [dire(p.code, 'doit citer un paramètre entier pour sa taille.')]),
      ...(p.obligatoire === 'A_CONFIRMER' && p.quand !== 'DEPOT'
        ? [dire(p.code, 'ne se confirme qu’au dépôt : personne ne confirme ensuite.')]
        : []),
      ...(p.quand === 'BILAN' && bilan === undefined
        ? [dire(p.code, 'attend un bilan, que la déclaration n’a pas.')]
        : []),
    ]),
  ];
}

function optionsDesChamps(champs: Champs): { regle?: string }[] {
  return Object.values(champs).flatMap((c) => [
    c.options,
    ...(c.nature.genre === 'lignes' ? optionsDesChamps(c.nature.champs) : []),
  ]);
}

function nomsDeChamps(champs: Champs): string[] {
  return Object.entries(champs).flatMap(([nom, c]) => [
    nom,
    ...(c.nature.genre === 'lignes' ? nomsDeChamps(c.nature.champs) : []),
  ]);
}

/** A value without an end gives way to one that starts later; otherwise two values never share a day. */
function seContredisent(a: ValeurDatee, b: ValeurDatee): boolean {
  const [premiere, seconde] = a.du <= b.du ? [a, b] : [b, a];
  const cede = premiere.au === undefined && premiere.du < seconde.du;
  return !cede && periodeDe(a).chevauche(periodeDe(b));
}

function sansDoublon(noms: readonly string[]): boolean {
  return new Set(noms).size === noms.length;
}

function echoue(essai: () => unknown): boolean {
  try {
    essai();
    return false;
  } catch {
    return true;
  }
}
