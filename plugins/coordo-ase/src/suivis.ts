import { champ, comiteDePilotage, comiteTrimestriel, definirSuivi } from '@sillage/dispositif-kit';

/** ASE-DEL-02: the table of each month, due on the 10th of the next one; counts only, never a name. */
const tableauMensuel = definirSuivi({
  libelle: 'Tableau de suivi mensuel',
  regle: 'ASE-DEL-02',
  periodicite: 'MENSUELLE',
  du: 'jourTableau',
  avantBilan: 'exigenceTableaux',
  champs: {
    joursAccompagnement: champ.entier({
      libelle: 'Jours d’accompagnement du mois, tous jeunes confondus',
      unite: 'jours',
      regle: 'AMB-172',
    }),
    jeunes: champ.entier({ libelle: 'Jeunes accompagnés au cours du mois', unite: 'jeunes', regle: 'AMB-080' }),
    observations: champ.texte({ libelle: 'Observations, sans nom', max: 5000, facultatif: true }),
  },
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
