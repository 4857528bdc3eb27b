"""The site: a Django project for one laptop or one team. Everything it shows lives in the apps."""
