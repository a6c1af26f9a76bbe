import type { Champs } from './champ.js';
import { jsonSchema } from './champ.js';
import type { Dispositif } from './dispositif.js';
import { documenterDispositif } from './documentation.js';
import { type GenreParametre, periodeDe, type ValeurDatee } from './parametre.js';
import { RegistreDispositifs } from './registre.js';

const ID_REGLE = /^(?:[A-Z]+(?:-[A-Z]+)?-[A-Z0-9]+)$/;
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

  for (const nom of [d.candidature.champs, d.convention.termes, d.bilan?.champs ?? {}].flatMap(nomsDeChamps)) {
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
      genre === 'jours' || genre === 'mois',
      `l’échéance ${echeance.code} doit citer un paramètre en jours ou en mois.`,
    );
  }
  for (const regle of reglesCitees(d)) {
    exiger(ID_REGLE.test(regle), `« ${regle} » n’est pas un identifiant de règle.`);
    exiger(reglesConnues?.has(regle) ?? true, `la règle ${regle} n’est pas dans le catalogue.`);
  }

  exiger(!echoue(() => jsonSchema(d.candidature.champs)), 'le schéma JSON de la candidature ne se fabrique pas.');
  exiger(!echoue(() => jsonSchema(d.bilan?.champs ?? {})), 'le schéma JSON du bilan ne se fabrique pas.');
  exiger(!echoue(() => documenterDispositif(d)), 'la page de documentation ne s’écrit pas.');
  exiger(!echoue(() => new RegistreDispositifs([d])), 'la déclaration se contredit elle-même (noms en double).');
  return defauts;
}

/** Every rule id that the declaration cites, once. */
export function reglesCitees(d: Dispositif): string[] {
  const champs = [d.candidature.champs, d.convention.termes, d.bilan?.champs ?? {}].flatMap(optionsDesChamps);
  return [
    ...new Set(
      [
        ...Object.values(d.parametres).flatMap((p) => [p.options.regle, p.options.interpretation]),
        ...champs.map((options) => options.regle),
        ...d.candidature.recevabilite.map((r) => r.regle),
        d.candidature.regleFenetre,
        ...(d.appels ?? []).map((a) => a.regle),
        ...(d.convention.controles ?? []).map((c) => c.regle),
        d.convention.regles.duree,
        d.convention.regles.plafond,
        d.convention.plafondAnnuel?.regle,
        d.convention.pasAvantLeDepot,
        d.candidature.continuite?.regle,
        d.enveloppe?.regle,
        d.bilan?.regle,
        ...(d.bilan?.controles ?? []).map((c) => c.regle),
        ...d.versements.map((v) => v.regle),
        ...(d.echeances ?? []).map((e) => e.regle),
        ...(d.indicateurs ?? []).map((i) => i.regle),
        ...(d.droits ?? []).flatMap((droit) => droit.regles),
      ].filter((id) => id !== undefined),
    ),
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
