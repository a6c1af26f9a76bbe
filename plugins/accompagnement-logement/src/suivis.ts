import { champ, type ContexteSuivi, definirSuivi } from '@sillage/dispositif-kit';
import { type DateCivile, type Decision, type Motif, non, oui, Temporal } from '@sillage/kernel';

const reference = champ.texte({ libelle: 'Référence de la mesure', aide: 'Un numéro, jamais un nom.', max: 60 });
const envoi = (a: string, regle: string) => champ.date({ libelle: `Adressé le, ${a}`, regle, quand: 'PASSE_RECENT' });

const champsSemestre = {
  bilans: champ.lignes(
    {
      mesure: reference,
      debut: champ.date({ libelle: 'Premier jour de la mesure', regle: 'AMB-070', quand: 'PASSE_RECENT' }),
      faitLe: champ.date({ libelle: 'Bilan fait le', regle: 'ASGL-BIL-01', quand: 'PASSE_RECENT' }),
      avecLeJeune: champ.booleen({ libelle: 'Fait avec le jeune', regle: 'ASGL-BIL-01' }),
      auSlisl: envoi('au SLISL', 'ASGL-BIL-01'),
      auSpslh: envoi('au SPSLH', 'ASGL-BIL-01'),
    },
    { libelle: 'Bilans faits avec les jeunes', regle: 'ASGL-BIL-01' },
  ),
  axes: champ.texte({ libelle: 'Axes travaillés, sans nom', max: 5000, regle: 'ASGL-BIL-01' }),
  progression: champ.texte({ libelle: 'Progression de l’autonomie, sans nom', max: 5000, regle: 'ASGL-BIL-01' }),
  ruptures: champ.lignes(
    {
      mesure: reference,
      le: champ.date({ libelle: 'Rupture le', regle: 'ASGL-BIL-02', quand: 'PASSE_RECENT' }),
      auSlisl: envoi('au SLISL', 'ASGL-BIL-02'),
      auSpslh: envoi('au SPSLH', 'ASGL-BIL-02'),
    },
    { libelle: 'Ruptures d’accompagnement', regle: 'ASGL-BIL-02' },
  ),
};
type Contexte = ContexteSuivi<typeof champsSemestre>;

/** ASGL-BIL-01: each bilan is made with the young person, and then sent to both services. */
function bilansAvecLesJeunes({ suivi }: Contexte): Decision {
  return dire(
    suivi.bilans.flatMap(({ avecLeJeune, mesure }, rang) =>
      avecLeJeune
        ? []
        : [motif('ASGL-BIL-01', ['bilans', `${rang}`], `Le bilan de la mesure ${mesure} se fait avec le jeune.`)],
    ),
  );
}

/** ASGL-BIL-01: no bilan before its measure, none sent before it is made. */
function bilansDansLeTemps({ suivi }: Contexte): Decision {
  return dire(
    suivi.bilans.flatMap(({ mesure, debut, faitLe, auSlisl, auSpslh }, rang) =>
      dansLOrdre(debut, faitLe) && dansLOrdre(faitLe, auSlisl) && dansLOrdre(faitLe, auSpslh)
        ? []
        : [
            motif(
              'ASGL-BIL-01',
              ['bilans', `${rang}`],
              `Mesure ${mesure} : le bilan suit le début, l’envoi suit le bilan.`,
            ),
          ],
    ),
  );
}

/** ASGL-BIL-02: both services are told of a break, once it has happened; the text sets no delay. */
function rupturesSignalees({ suivi }: Contexte): Decision {
  return dire(
    suivi.ruptures.flatMap(({ mesure, le, auSlisl, auSpslh }, rang) =>
      dansLOrdre(le, auSlisl) && dansLOrdre(le, auSpslh)
        ? []
        : [
            motif(
              'ASGL-BIL-02',
              ['ruptures', `${rang}`],
              `Mesure ${mesure} : la rupture est signalée après avoir eu lieu.`,
            ),
          ],
    ),
  );
}

function dansLOrdre(avant: DateCivile, apres: DateCivile): boolean {
  return Temporal.PlainDate.compare(avant, apres) <= 0;
}

function motif(regle: string, chemin: string[], message: string): Motif {
  return { code: 'REGLE_NON_RESPECTEE', message, regle, chemin: ['suivi', ...chemin] };
}

function dire(motifs: Motif[]): Decision {
  return motifs.length === 0 ? oui() : non(motifs);
}

/** ASGL-BIL-01, ASGL-BIL-02: what each half-year of the operation says of its measures; references, never a name. */
const semestre = definirSuivi({
  libelle: 'Bilans semestriels et ruptures',
  regle: 'ASGL-BIL-01',
  periodicite: 'SEMESTRIELLE',
  du: 'delaiSuivi',
  avantBilan: 'exigenceSuivi',
  champs: champsSemestre,
  controles: [
    {
      regle: 'ASGL-BIL-01',
      libelle: 'Le bilan suit le début, l’envoi suit le bilan',
      a: 'REMISE',
      decider: bilansDansLeTemps,
    },
    {
      regle: 'ASGL-BIL-02',
      libelle: 'Une rupture se signale après avoir eu lieu',
      a: 'REMISE',
      decider: rupturesSignalees,
    },
    {
      regle: 'ASGL-BIL-01',
      libelle: 'Chaque bilan est fait avec le jeune',
      a: 'CONFIRMATION',
      decider: bilansAvecLesJeunes,
    },
  ],
});

export const suivis = { semestre };
