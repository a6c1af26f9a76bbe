import { champ, comiteDePilotage, comiteTrimestriel, type ContexteSuivi, definirSuivi } from '@sillage/dispositif-kit';
import { type Decision, non, oui } from '@sillage/kernel';

const champsDuMois = {
  joursAccompagnement: champ.entier({
    libelle: 'Jours d’accompagnement du mois, tous jeunes confondus',
    unite: 'jours',
    regle: 'AMB-172',
  }),
  jeunes: champ.entier({ libelle: 'Jeunes accompagnés au cours du mois', unite: 'jeunes', regle: 'AMB-080' }),
  observations: champ.texte({ libelle: 'Observations, sans nom', max: 5000, facultatif: true }),
};

/** AMB-172: a young person has at most the days of the month, and nobody has none. */
function joursPossibles({ suivi, periode: { du, au } }: ContexteSuivi<typeof champsDuMois>): Decision {
  const { joursAccompagnement: jours, jeunes } = suivi;
  const duMois = au === null ? 0 : du.until(au).days + 1;
  if (jours <= jeunes * duMois) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `${jours} jours d’accompagnement pour ${jeunes} jeunes : ${jeunes * duMois} au plus, à raison de ${duMois} jours dans ce mois.`,
    regle: 'AMB-172',
    chemin: ['suivi', 'joursAccompagnement'],
  });
}

/** ASE-DEL-02: the table of each month, due on the 10th of the next one; counts only, never a name. */
const tableauMensuel = definirSuivi({
  libelle: 'Tableau de suivi mensuel',
  regle: 'ASE-DEL-02',
  periodicite: 'MENSUELLE',
  du: 'jourTableau',
  avantBilan: 'exigenceTableaux',
  champs: champsDuMois,
  controles: [
    {
      regle: 'AMB-172',
      libelle: 'Pas plus de jours que les jeunes n’en ont ensemble dans le mois',
      a: 'REMISE',
      decider: joursPossibles,
    },
  ],
});

export const suivis = {
  tableauMensuel,
  comiteTrimestriel: comiteTrimestriel({
    regle: 'ASE-BIL-01',
    regleTableau: 'ASE-DEL-02',
    services: ['le SLAI du territoire', 'le service de l’ASE'],
    du: 'delaiComite',
    avantBilan: 'exigenceComites',
  }),
  comiteDePilotage: comiteDePilotage({
    regle: 'ASE-BIL-02',
    du: 'delaiPilotage',
    avantBilan: 'exigencePilotage',
  }),
};
