"""Files become readings: understood together with a person first, then saved whole or not at all."""
