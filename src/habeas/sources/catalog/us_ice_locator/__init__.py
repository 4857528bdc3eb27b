"""United States: detainee locator of Immigration and Customs Enforcement (ICE).

Who publishes: the Department of Homeland Security, locator.ice.gov.
What is there: a form, by registration number and country, or by exact name and country of birth.
"Only exact matches to the name you entered will be returned", so every spelling must be asked, by a
person in a browser: the form is filled by scripts behind a captcha. What is read here is the page,
or its visible text, that this person saved.

History:
- 2026-03: texts of the zero answer and of the internal error (both HTTP 200) as a public script met
  them; its author saw zero answers that were false and asks four times with fresh sessions. So an
  answer of zero is never taken for an absence.
- 2026-11: written. The page of a match was not seen; its labels are a guess from descriptions of
  the locator. Anything else is reported as a changed layout, with the names that stand on it.
"""
