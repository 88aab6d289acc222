document.title = "Herald";
