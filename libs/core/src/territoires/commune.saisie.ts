import { dateCivile, elaguer, ErreurValeur } from '@sillage/kernel';
import { z } from 'zod';

/** A civil date as the API receives it. */
export const saisieJour = z.string().transform((texte, controle) => {
  try {
    return dateCivile(texte);
  } catch (erreur) {
    if (!(erreur instanceof ErreurValeur)) throw erreur;
    controle.addIssue({ code: 'custom', message: erreur.message });
    return z.NEVER;
  }
});

/** The input of `communeRattacher`. */
export const saisieRattachement = z.object({
  commune: z.string().trim().length(5, 'saisissez les 5 caractères du code INSEE (ce n’est pas le code postal).'),
  territoire: z.string().overwrite(elaguer).min(1, 'saisissez un code ou un nom de territoire.'),
  du: saisieJour,
  source: z
    .string()
    .overwrite(elaguer)
    .min(3, 'dites ce qui justifie le rattachement.')
    .max(500, 'résumez en 500 caractères.'),
});
