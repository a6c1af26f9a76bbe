throw new Error('au chargement');
